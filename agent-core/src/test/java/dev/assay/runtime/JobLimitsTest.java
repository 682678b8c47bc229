package dev.assay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Resources;
import dev.assay.job.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that take more than they may: each ends as the policy says, and nothing of it stays. */
class JobLimitsTest {
  private static final long OUTPUT = 64 << 10;

  @TempDir Path home;
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = new Jobs(home, policy(Optional.empty()));
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  private static OwnerPolicy policy(Optional<String> user) {
    return new OwnerPolicy(
        true,
        OwnerPolicy.DEFAULT.perJob(),
        Duration.ofHours(1),
        OUTPUT,
        Resources.NONE,
        user,
        ContainerPolicy.DEFAULT);
  }

  private static JobSpec small(String script) {
    return Jobs.with(Jobs.sh(script), new Resources(16L << 20, 500, 16));
  }

  @Test
  void aJobThatTakesTooMuchMemoryIsToldFromOneThatWasKilled() throws Exception {
    assertThat(jobs.run("hog", small("exec tail /dev/zero")).outcome())
        .isEqualTo(new Outcome.OutOfMemory());
    assertThat(jobs.run("child", small("tail /dev/zero; exit 4")).outcome())
        .isEqualTo(new Outcome.OutOfMemory());
    assertThat(jobs.run("survivor", small("tail /dev/zero; exit 0")).outcome().succeeded())
        .isTrue();
    assertThat(jobs.run("killed", small("kill -9 $$")).outcome())
        .isEqualTo(new Outcome.Signalled(9));
  }

  @Test
  void aJobCannotHaveMoreProcessesThanItAskedFor() throws Exception {
    Completion end = jobs.run("many", small("while :; do sleep 60 & echo one more; done"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(2));
    assertThat(jobs.output("many").lines()).hasSizeBetween(1, 15);
    assertThat(jobs.errors("many")).contains("fork");
    assertThat(leftIn("many")).isEmpty();
  }

  @Test
  void aForkBombIsEndedWithAllThatItStarted() throws Exception {
    Execution bomb =
        jobs.start(
            "bomb", small("b() { b | b & b; }; b 2>/dev/null & echo go; while :; do :; done"));
    jobs.awaitOutput("bomb", "go");
    bomb.stop(StopReason.CANCELLED);

    assertThat(Jobs.end(bomb).outcome()).isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));
    assertThat(leftIn("bomb")).isEmpty();
  }

  @Test
  void theKernelIsToldEachLimit() throws Exception {
    Execution job = jobs.start("limits", small("sleep 60"));
    List<Path> groups = jobs.files("limits").place().orElseThrow().groups();
    List<String> limits =
        groups.stream()
            .flatMap(
                group ->
                    List.of(
                            "pids.max",
                            "memory.limit_in_bytes",
                            "cpu.cfs_quota_us",
                            "memory.max",
                            "cpu.max")
                        .stream()
                        .map(group::resolve))
            .filter(Files::exists)
            .map(JobLimitsTest::read)
            .toList();
    job.stop(StopReason.CANCELLED);
    Jobs.end(job);

    assertThat(limits.get(0)).isEqualTo("16");
    assertThat(limits.get(1)).isEqualTo("16777216");
    assertThat(limits.get(2)).startsWith("50000");
    assertThat(groups).noneMatch(Files::exists);
  }

  @Test
  void aProcessThatDetachedItselfEndsWithItsJob() throws Exception {
    Completion end =
        jobs.run("daemon", small("setsid sh -c 'trap \"\" TERM HUP; sleep 300' & echo $!; exit 0"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(Jobs.alive(Long.parseLong(jobs.output("daemon").strip()))).isFalse();
    assertThat(leftIn("daemon")).isEmpty();
  }

  @Test
  void aJobWhoseDirectoryIsGoneEndsToo() throws Exception {
    jobs.start("gone", small("echo $$; exec sleep 300"));
    jobs.awaitOutput("gone", "\n");
    long pid = Long.parseLong(jobs.output("gone").strip());
    try (Stream<Path> files = Files.walk(jobs.directory("gone"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }

    Jobs.await(() -> !Jobs.alive(pid));
  }

  @Test
  void aFloodOfOutputIsCutAtTheOwnersLimit() throws Exception {
    Completion end = jobs.run("flood", small("yes"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
    assertThat(end.stdout().size()).isEqualTo(OUTPUT);
    assertThat(Files.size(jobs.directory("flood").resolve("stdout"))).isEqualTo(OUTPUT);
  }

  @Test
  void aShortBurstOverTheLimitIsNoLessOverIt() throws Exception {
    Completion end = jobs.run("burst", small("head -c 65537 /dev/zero >&2"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
    assertThat(end.stderr().size()).isEqualTo(OUTPUT);
    assertThat(jobs.run("full", small("head -c 65536 /dev/zero")).outcome())
        .isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void aJobThatKillsItsSupervisorIsEndedAndReportedLost() throws Exception {
    Completion end =
        jobs.run("patricide", small("read p rest <../run/supervisor; kill -9 $p; sleep 60"));

    assertThat(end.outcome()).isInstanceOf(Outcome.Lost.class);
    assertThat(end.outcome().sentence()).contains("supervisor was ended from outside");
    assertThat(leftIn("patricide")).isEmpty();
  }

  @Test
  void jobsRunAsTheUserThatTheOwnerNamed() throws Exception {
    jobs.close();
    jobs = new Jobs(home, policy(Optional.of("nobody")));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    Completion end =
        jobs.run(
            "nobody", Jobs.sh("id -u; echo mine >file && cat file; pwd; kill -9 $PPID || echo no"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(jobs.output("nobody"))
        .isEqualTo("65534\nmine\n" + home.resolve("jobs/nobody/work") + "\nno\n");
  }

  @Test
  void aUserWhoIsNotThereOrCannotGetThereIsNamed() throws Exception {
    try (Jobs closed = new Jobs(home, policy(Optional.of("nobody")))) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      assertThat(closed.run("closed", Jobs.SPEC).outcome().sentence())
          .contains("jobs.user cannot get through " + home);
    }
    try (Jobs unknown = new Jobs(home, policy(Optional.of("no-such-user")))) {
      assertThat(unknown.runtime().refusal(Jobs.SPEC).orElseThrow().setting())
          .isEqualTo("jobs.user");
      assertThat(unknown.run("unknown", Jobs.SPEC).outcome().sentence())
          .contains("there is no user 'no-such-user'");
    }
  }

  /** The processes on this host that work in the job's directory. */
  private List<Path> leftIn(String id) throws IOException {
    Path work = jobs.directory(id).resolve("work");
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      List<Path> left = new ArrayList<>();
      for (Path process : processes) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).equals(work)) {
            left.add(process);
          }
        } catch (IOException e) {
          // It has ended.
        }
      }
      return left;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
