package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import dev.assay.runtime.StartedProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a container whose agent, or whose engine, goes away. */
class ContainerAdoptionTest {
  @TempDir Path home;

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aRunningContainerIsAdoptedAndNoByteIsLostOrRepeated(TestEngine engine) throws Exception {
    JobSpec spec =
        ContainerJobs.sh(
            "i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); sleep 0.01; done; exit 5");
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      StartedProcess before =
          jobs.start("going", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.awaitOutput("going", "line 20\n");
      jobs.restart();
      jobs.adopt("going", spec);
      jobs.awaitOutput("going", "line 60\n");
      jobs.restart();
      Execution adopted = jobs.adopt("going", spec);
      Completion end = ContainerJobs.end(adopted);

      assertThat(adopted.started().toCompletableFuture()).isCompletedWithValue(before);
      assertThat(end.outcome()).isEqualTo(new Outcome.Exited(5));
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        lines.append("line ").append(i).append('\n');
      }
      assertThat(jobs.output("going")).isEqualTo(lines.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void whatEndedMeanwhileIsToldOnceAndTheSameEachTime(TestEngine engine) throws Exception {
    JobSpec spec = ContainerJobs.sh("sleep 0.5; echo late; exit 7");
    JobSpec flood = ContainerJobs.sh("yes | head -c 1000000; sleep 60");
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      jobs.start("ended", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.start("flood", flood).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.runtime().close();
      Thread.sleep(1500);
      jobs.restart();
      Completion end = ContainerJobs.end(jobs.adopt("ended", spec));
      Completion loud = ContainerJobs.end(jobs.adopt("flood", flood));

      assertThat(end.outcome()).isEqualTo(new Outcome.Exited(7));
      assertThat(jobs.output("ended")).isEqualTo("late\n");
      assertThat(loud.outcome()).isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
      assertThat(jobs.isThere("ended")).isFalse();
      assertThat(ContainerJobs.end(jobs.adopt("ended", spec))).isEqualTo(end);
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aStopOutlivesTheAgentThatWasAskedForIt(TestEngine engine) throws Exception {
    JobSpec spec = ContainerJobs.sh("echo on; while :; do sleep 0.1; done");
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      jobs.start("stopped", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.runtime().close();
      jobs.files("stopped").stop(StopReason.OWNER);
      jobs.restart();

      assertThat(ContainerJobs.end(jobs.adopt("stopped", spec)).outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.OWNER));
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobIsStartedOnceWhereverItsAgentWasCutOff(TestEngine engine) throws Exception {
    JobSpec spec = ContainerJobs.sh("echo once");
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Files.createDirectories(jobs.directory("never"));
      Completion never = ContainerJobs.end(jobs.adopt("never", spec));

      Files.createDirectories(jobs.directory("made"));
      jobs.files("made").prepare();
      try (ContainerEngine direct = jobs.engine()) {
        LocalImage image = direct.image(spec.container().orElseThrow().reference()).orElseThrow();
        direct.create(
            ContainerPlan.of(
                jobs.name("made"),
                Map.of(),
                image,
                spec,
                jobs.files("made").log(),
                ContainerJobs.MAX_OUTPUT));
      }
      Completion made = ContainerJobs.end(jobs.adopt("made", spec));

      assertThat(never.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("never")).isEqualTo("once\n");
      assertThat(made.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("made")).isEqualTo("once\n");
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void whatCannotBeKnownIsReportedLost(TestEngine engine) throws Exception {
    JobSpec spec = ContainerJobs.sh("sleep 60");
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      jobs.start("removed", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.start("rebooted", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.runtime().close();
      try (ContainerEngine direct = jobs.engine()) {
        direct.remove(jobs.name("removed"));
      }
      jobs.files("rebooted")
          .writeMade(
              new ContainerFiles.Made(
                  "another boot",
                  "sha256:" + "0".repeat(64),
                  0,
                  Optional.empty(),
                  Optional.of(Instant.now()),
                  Long.MAX_VALUE));
      jobs.restart();

      assertThat(ContainerJobs.end(jobs.adopt("removed", spec)).outcome().sentence())
          .isEqualTo("lost: its container was removed from outside");
      assertThat(ContainerJobs.end(jobs.adopt("rebooted", spec)).outcome().sentence())
          .isEqualTo("lost: the host was restarted while it ran");
      assertThat(jobs.isThere("rebooted")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void containersOfNoJobAreRemovedAndThoseOfOthersAreNot(TestEngine engine) throws Exception {
    JobSpec spec = ContainerJobs.sh("echo on; sleep 60");
    try (ContainerJobs jobs = new ContainerJobs(engine, home.resolve("a"));
        ContainerJobs others = new ContainerJobs(engine, home.resolve("b"))) {
      jobs.start("orphan", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.start("known", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      others.start("foreign", spec).started().toCompletableFuture().get(10, TimeUnit.SECONDS);
      jobs.restart();
      jobs.adopt("known", spec);
      jobs.runtime().endOthers(Set.of(new JobId("known")));

      assertThat(jobs.isThere("orphan")).isFalse();
      assertThat(jobs.isThere("known")).isTrue();
      assertThat(others.isThere("foreign")).isTrue();
    }
  }

  @Test
  void anEngineThatIsRestartedIsWaitedFor() throws Exception {
    JobSpec spec =
        ContainerJobs.sh(
            "i=0; while [ $i -lt 20 ]; do echo $i; i=$((i+1)); sleep 0.1; done; exit 6");
    try (ContainerJobs jobs = new ContainerJobs(TestEngine.PODMAN, home)) {
      Execution job = jobs.start("through", spec);
      jobs.awaitOutput("through", "3\n");
      TestEngine.PODMAN.restart();

      assertThat(ContainerJobs.end(job).outcome()).isEqualTo(new Outcome.Exited(6));
      assertThat(jobs.output("through")).endsWith("18\n19\n");
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aContainerOfAnAgentThatWasKilledFinishesOnce(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Path directory = Files.createDirectories(jobs.directory("killed"));
      Process agent =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledAgent.class.getName(),
                  engine.socket().toString(),
                  jobs.node(),
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(new File(home.toFile(), "agent.log"))
              .start();
      jobs.awaitOutput("killed", "3\n");
      agent.destroyForcibly().waitFor();

      Completion end = ContainerJobs.end(jobs.adopt("killed", KilledAgent.SPEC));

      assertThat(end.outcome()).isEqualTo(new Outcome.Exited(9));
      assertThat(jobs.output("killed").lines())
          .as("every line once")
          .hasSize(20)
          .startsWith("0", "1")
          .endsWith("19")
          .doesNotHaveDuplicates();
      assertThat(Duration.between(end.startedAt().orElseThrow(), end.endedAt()))
          .isGreaterThan(Duration.ofMillis(1500));
    }
  }
}
