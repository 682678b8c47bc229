package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerSpec;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images from a registry that may be good, closed, slow or a liar. */
class ImagePullTest {
  @TempDir Path home;

  private static JobSpec of(String name) {
    return ContainerJobs.sh("echo ran; echo $OF_IMAGE")
        .in(ContainerSpec.of(TestRegistry.ADDRESS + "/" + name));
  }

  private static Outcome.Cause cause(Completion end) {
    assertThat(end.outcome()).isInstanceOf(Outcome.FailedToStart.class);
    return ((Outcome.FailedToStart) end.outcome()).cause();
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void anImageIsPulledByTagAndByDigestAndItsDigestIsTold(TestEngine engine) throws Exception {
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Completion byTag = jobs.run("tag", of("good/busybox:1"));
      Completion byDigest = jobs.run("digest", of("other/busybox@" + registry.digest()));
      JobSpec own =
          JobSpec.process(
                  List.of(),
                  byCommand().environment(),
                  byCommand().resources(),
                  byCommand().timeLimit(),
                  byCommand().grace(),
                  byCommand().stopAfterDisconnect())
              .in(ContainerSpec.of(TestRegistry.ADDRESS + "/good/busybox:1"));
      Completion ofImage = jobs.run("own", own);

      assertThat(byTag.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(byTag.image()).contains(registry.digest());
      assertThat(byDigest.image()).contains(registry.digest());
      assertThat(jobs.output("digest")).isEqualTo("ran\nyes\n");
      assertThat(ofImage.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("own")).isEqualTo("from the image\n");
    }
  }

  private static JobSpec byCommand() {
    return of("good/busybox:1");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void whatAnOwnerIsTheOnlyOneToGetTakesCredentials(TestEngine engine) throws Exception {
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      registry.membersOnly();
      assertThat(cause(jobs.run("closed", of("private/busybox:1"))))
          .isEqualTo(Outcome.Cause.IMAGE_DENIED);
      String login =
          Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
      Files.writeString(
          home.resolve("auth.json"),
          "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(TestRegistry.ADDRESS, login));

      assertThat(jobs.run("open", of("private/busybox:1")).image()).contains(registry.digest());
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void everyWayInWhichAnImageDoesNotComeIsTold(TestEngine engine) throws Exception {
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      String another = "sha256:" + "0".repeat(64);
      assertThat(cause(jobs.run("none", of("none/busybox:1"))))
          .isEqualTo(Outcome.Cause.IMAGE_NOT_FOUND);
      assertThat(cause(jobs.run("lying", of("lying/busybox@" + another))))
          .as("a manifest that is not of its digest")
          .isEqualTo(Outcome.Cause.IMAGE_INVALID);
      assertThat(cause(jobs.run("torn", of("torn/busybox:1"))))
          .as("a layer that is not of its digest")
          .isEqualTo(Outcome.Cause.IMAGE_INVALID);
      assertThat(cause(jobs.run("stalled", of("stalled/busybox:1"))))
          .isEqualTo(Outcome.Cause.PULL_STALLED);
      assertThat(registry.digest()).isNotEqualTo(another);
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aPullCanBeCancelledAndTellsHowFarItIs(TestEngine engine) throws Exception {
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Execution job = jobs.start("waiting", of("stalled/busybox:2"));
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (job.progress().isEmpty() && System.nanoTime() < giveUp) {
        Thread.sleep(10);
      }
      assertThat(job.progress().orElseThrow()).contains("MiB").contains("layers");
      job.stop(StopReason.CANCELLED);

      assertThat(ContainerJobs.end(job).outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));
      assertThat(registry.digest()).isNotEmpty();
    }
  }
}
