package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.Outcome;
import dev.assay.job.Restart;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job in a container finds, and how its end is told, on real engines. */
class ContainerRuntimeTest {
  @TempDir Path home;

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobRunsAndItsOutputIsByteForByteItsOwn(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Execution job =
          jobs.start(
              "one",
              ContainerJobs.sh(
                  "printf 'a\\n\\377\\000b'; echo err >&2; i=0; while [ $i -lt 300 ]; do printf"
                      + " 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; i=$((i+1));"
                      + " done; sleep 0.5; exit 3"));
      Completion end = ContainerJobs.end(job);

      assertThat(end.outcome()).isEqualTo(new Outcome.Exited(3));
      assertThat(end.image().orElseThrow()).matches("sha256:[0-9a-f]{64}");
      assertThat(job.started().toCompletableFuture()).isCompleted();
      byte[] written = Files.readAllBytes(jobs.directory("one").resolve("stdout"));
      assertThat(written).hasSize(5 + 300 * 64).startsWith('a', '\n', 0xff, 0, 'b').endsWith('x');
      assertThat(end.stdout().size()).isEqualTo(written.length);
      assertThat(jobs.errors("one")).isEqualTo("err\n");
      assertThat(end.endedAt()).isAfter(end.startedAt().orElseThrow());
      assertThat(jobs.isThere("one")).as("the container is gone").isFalse();
      assertThat(jobs.files("one").log()).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobFindsNothingOfTheHost(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      jobs.run(
          "bare",
          ContainerJobs.with(
              ContainerJobs.sh(
                  """
                  grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status
                  touch /x 2>/dev/null && echo root is writable
                  mount -t tmpfs x /mnt 2>/dev/null && echo may mount
                  touch /tmp/y && echo tmp is writable
                  dd if=/dev/zero of=/tmp/full bs=1M count=100 2>&1 | grep -o 'No space left'
                  grep -c : /proc/net/dev
                  wget -T 1 -q -O- http://169.254.169.254/ 2>/dev/null && echo metadata
                  ls /run/docker.sock /run/podman /var/run/docker.sock /proc/1/root/home 2>/dev/null
                  find / -xdev -type s 2>/dev/null
                  echo "A=$A LD_PRELOAD=$LD_PRELOAD HOME_OF_AGENT=$JAVA_HOME$USER"
                  """),
              Map.of("A", "b", "LD_PRELOAD", "/tmp/evil.so")));

      assertThat(jobs.output("bare").lines().map(line -> line.replaceAll("\\s+", " ")))
          .containsExactly(
              "CapEff: 0000000000000000",
              "CapBnd: 0000000000000000",
              "NoNewPrivs: 1",
              "Seccomp: 2",
              "tmp is writable",
              "No space left",
              "1",
              "A=b LD_PRELOAD=/tmp/evil.so HOME_OF_AGENT=");
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void everyEndIsToldFromTheOthers(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      assertThat(cause(jobs.run("missing", ContainerJobs.command("no-such-program"))))
          .isEqualTo(Outcome.Cause.COMMAND_NOT_FOUND);
      assertThat(cause(jobs.run("no-program", ContainerJobs.command("/etc"))))
          .isEqualTo(Outcome.Cause.NOT_EXECUTABLE);
      assertThat(
              cause(
                  jobs.run(
                      "no-image",
                      ContainerJobs.sh("true").in(ContainerSpec.of("localhost/none:1")))))
          .isEqualTo(Outcome.Cause.IMAGE_NOT_FOUND);
      assertThat(jobs.run("fast", ContainerJobs.command("true")).outcome())
          .isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.run("signal", ContainerJobs.sh("sh -c 'kill -SEGV $$'; exit $?")).outcome())
          .isEqualTo(new Outcome.Signalled(11));
      assertThat(jobs.run("hog", ContainerJobs.command("tail", "/dev/zero")).outcome())
          .isEqualTo(new Outcome.OutOfMemory());
      assertThat(
              jobs.run("hog-below", ContainerJobs.sh("tail /dev/zero; echo $?; exit 9")).outcome())
          .isEqualTo(new Outcome.OutOfMemory());
      assertThat(
              jobs.run(
                      "slow",
                      ContainerJobs.limited(ContainerJobs.sh("sleep 60"), Duration.ofSeconds(1)))
                  .outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.TIME_LIMIT));
      // Less than the engine's log holds, so that all of it is there however late it is read.
      assertThat(
              jobs.run(
                      "loud",
                      ContainerJobs.sh("yes $(printf %0200d 0) | head -c 1000000; sleep 60"))
                  .outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
      assertThat(jobs.directory("loud").resolve("stdout")).hasSize(ContainerJobs.MAX_OUTPUT);
      assertThat(jobs.run("flood", ContainerJobs.command("yes", "x")).outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
      assertThat(Files.size(jobs.directory("flood").resolve("stdout")))
          .isLessThanOrEqualTo(ContainerJobs.MAX_OUTPUT);
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobThatIgnoresTermIsEndedByForceWhenItsGraceIsOver(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Execution deaf =
          jobs.start(
              "deaf", ContainerJobs.sh("trap '' TERM; echo on; while :; do sleep 0.1; done"));
      Execution polite =
          jobs.start(
              "polite", ContainerJobs.sh("trap 'echo bye; exit 4' TERM; echo on; sleep 30 & wait"));
      jobs.awaitOutput("deaf", "on");
      jobs.awaitOutput("polite", "on");
      deaf.stop(StopReason.CANCELLED);
      polite.stop(StopReason.OWNER);
      polite.stop(StopReason.CANCELLED);

      assertThat(ContainerJobs.end(polite).outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.OWNER));
      assertThat(jobs.output("polite")).isEqualTo("on\nbye\n");
      assertThat(ContainerJobs.end(deaf).outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobThatForksWithoutEndStaysWithinItsBound(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      Completion end =
          jobs.run(
              "bomb",
              ContainerJobs.limited(
                  ContainerJobs.sh("f() { f | f & }; while :; do f; done"), Duration.ofSeconds(2)));

      assertThat(end.outcome()).isNotEqualTo(new Outcome.Exited(0));
      assertThat(jobs.run("after", ContainerJobs.sh("echo fine")).outcome())
          .isEqualTo(new Outcome.Exited(0));
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aContainerMayWriteWhatItAskedForAndNoMore(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      ContainerSpec writable =
          new ContainerSpec(
              TestEngine.IMAGE,
              Optional.empty(),
              NetworkMode.NONE,
              OptionalLong.empty(),
              OptionalLong.of(8 << 20),
              Restart.NEVER,
              List.of());
      assertThat(
              jobs.run(
                      "within",
                      ContainerJobs.sh("dd if=/dev/zero of=/data/f bs=1M count=2 2>/dev/null")
                          .in(writable))
                  .outcome())
          .isEqualTo(new Outcome.Exited(0));
      assertThat(
              jobs.run(
                      "beyond",
                      ContainerJobs.sh(
                              "trap '' TERM; dd if=/dev/zero of=/data/f bs=1M count=20 2>/dev/null;"
                                  + " while :; do sleep 1; done")
                          .in(writable))
                  .outcome())
          .isEqualTo(new Outcome.Stopped(StopReason.DISK_LIMIT));
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aJobThatFailsIsStartedAgainAsOftenAsItAsked(TestEngine engine) throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(engine, home)) {
      ContainerSpec thrice =
          new ContainerSpec(
              TestEngine.IMAGE,
              Optional.empty(),
              NetworkMode.NONE,
              OptionalLong.empty(),
              OptionalLong.of(8 << 20),
              new Restart(Restart.When.ON_FAILURE, 2),
              List.of());
      Completion failing = jobs.run("failing", ContainerJobs.sh("echo try; exit 1").in(thrice));
      Completion learning =
          jobs.run(
              "learning",
              ContainerJobs.sh("echo try; [ -e /data/seen ] && exit 0; touch /data/seen; exit 1")
                  .in(thrice));

      assertThat(failing.outcome()).isEqualTo(new Outcome.Exited(1));
      assertThat(jobs.output("failing")).isEqualTo("try\ntry\ntry\n");
      assertThat(learning.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("learning")).isEqualTo("try\ntry\n");
    }
  }

  private static Outcome.Cause cause(Completion end) {
    assertThat(end.outcome()).isInstanceOf(Outcome.FailedToStart.class);
    assertThat(end.startedAt()).isEmpty();
    return ((Outcome.FailedToStart) end.outcome()).cause();
  }
}
