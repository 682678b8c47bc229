package dev.assay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.StopReason;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on this host: how a job is started and the ways in which it ends. */
class ProcessRuntimeTest {
  @TempDir Path home;
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = new Jobs(home, OwnerPolicy.DEFAULT.withProcesses());
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  @Test
  void thisHostCanRunProcesses() {
    assertThat(jobs.runtime().refusal(Jobs.SPEC)).isEmpty();
  }

  @Test
  void aJobsOutputExitAndTimesAreReported() throws Exception {
    Instant before = Instant.now().minusSeconds(1);
    Completion end = jobs.run("job-1", Jobs.sh("echo out; echo err >&2; exit 3"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(3));
    assertThat(jobs.output("job-1")).isEqualTo("out\n");
    assertThat(jobs.errors("job-1")).isEqualTo("err\n");
    assertThat(end.stdout())
        .isEqualTo(new OutputSummary(4, "VANKxcbp6pVzTsK3Kf1tYqv2SvNKn5zl1GbLeIGRpz0"));
    assertThat(end.startedAt()).isPresent();
    assertThat(end.startedAt().get()).isAfter(before).isBeforeOrEqualTo(end.endedAt());
  }

  /** As under {@code nohup}: what is ignored when a process starts is ignored by its children. */
  @Test
  void aJobEndsAlsoWhereTheAgentIgnoresHangups() throws Exception {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object hangup = signal.getConstructor(String.class).newInstance("HUP");
    Method handle = signal.getMethod("handle", signal, handler);
    Object before = handle.invoke(null, hangup, handler.getField("SIG_IGN").get(null));
    try {
      assertThat(jobs.run("nohup", Jobs.sh("exit 3")).outcome()).isEqualTo(new Outcome.Exited(3));
    } finally {
      handle.invoke(null, hangup, before);
    }
  }

  @Test
  void aSilentJobHasEmptyOutput() throws Exception {
    Completion end = jobs.run("silent", Jobs.SPEC);

    assertThat(end.outcome().succeeded()).isTrue();
    assertThat(end.stdout()).isEqualTo(OutputSummary.EMPTY);
    assertThat(end.stderr()).isEqualTo(OutputSummary.EMPTY);
  }

  @Test
  void aSignalIsToldFromTheExitCodeThatAShellMakesOfIt() throws Exception {
    assertThat(jobs.run("signal", Jobs.sh("kill -9 $$")).outcome())
        .isEqualTo(new Outcome.Signalled(9));
    assertThat(jobs.run("code", Jobs.sh("exit 137")).outcome()).isEqualTo(new Outcome.Exited(137));
    assertThat(jobs.run("fault", Jobs.sh("kill -SEGV $$")).outcome())
        .isEqualTo(new Outcome.Signalled(11));
  }

  @Test
  void aMissingCommandIsToldFromAProgramThatEndsWith127() throws Exception {
    assertThat(jobs.run("missing", Jobs.command("no-such-program")).outcome())
        .isEqualTo(
            new Outcome.FailedToStart(
                Outcome.Cause.COMMAND_NOT_FOUND, "there is no program 'no-such-program'"));
    assertThat(jobs.run("code", Jobs.sh("exit 127")).outcome()).isEqualTo(new Outcome.Exited(127));
  }

  @Test
  void aFileThatIsNoProgramIsToldFromAProgramThatEndsWith126() throws Exception {
    assertThat(jobs.run("file", Jobs.command("/etc/passwd")).outcome())
        .isEqualTo(
            new Outcome.FailedToStart(
                Outcome.Cause.NOT_EXECUTABLE, "'/etc/passwd' is not an executable file"));
    Path script = Files.writeString(home.resolve("script"), "#!/no/such/shell -x\necho\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    assertThat(jobs.run("script", Jobs.command(script.toString())).outcome().sentence())
        .contains("asks for the interpreter '/no/such/shell', which is not there");
    assertThat(jobs.run("code", Jobs.sh("exit 126")).outcome()).isEqualTo(new Outcome.Exited(126));
  }

  @Test
  void argumentsAndEnvironmentArriveAsTheyAre() throws Exception {
    String odd = "it's $HOME `id` \\ \"x\"\n\t* ü 🙂";
    JobSpec spec =
        Jobs.with(Jobs.command("sh", "-c", "printf %s \"$1|$ODD\"", "sh", odd), Map.of("ODD", odd));
    jobs.run("odd", spec);

    assertThat(jobs.output("odd")).isEqualTo(odd + "|" + odd);
  }

  @Test
  void nothingIsInheritedFromTheAgent() throws Exception {
    JobSpec spec = Jobs.with(Jobs.command("env"), Map.of("OWN", "1"));
    jobs.run("environment", spec);
    Map<String, String> found =
        jobs.output("environment")
            .lines()
            .collect(Collectors.toMap(l -> l.split("=", 2)[0], l -> l.split("=", 2)[1]));
    found.remove("PWD");
    assertThat(found)
        .containsOnly(
            Map.entry("OWN", "1"),
            Map.entry("PATH", CommandPath.DEFAULT),
            Map.entry("HOME", home.resolve("jobs/environment/work").toString()));

    try (var open = Files.newInputStream(Path.of("/etc/passwd"))) {
      assertThat(open).isNotNull();
      jobs.run(
          "files",
          Jobs.command("sh", "-c", "cd /proc/self/fd; for f in *; do readlink $f; done; umask"));
    }
    assertThat(jobs.output("files").lines().filter(l -> !l.contains("/proc/")))
        .containsExactly(
            "/dev/null",
            home.resolve("jobs/files/stdout").toString(),
            home.resolve("jobs/files/stderr").toString(),
            "0077");
  }

  @Test
  void aJobHasADirectoryAndASessionOfItsOwnAndNoSignalIgnored() throws Exception {
    jobs.run("own", Jobs.sh("pwd; cut -d' ' -f1,6 /proc/$$/stat; grep SigIgn /proc/$$/status"));

    String[] lines = jobs.output("own").split("\n", -1);
    assertThat(lines[0]).isEqualTo(home.resolve("jobs/own/work").toString());
    String[] ids = lines[1].split(" ", -1);
    assertThat(ids[0]).isEqualTo(ids[1]);
    long ignored = Long.parseUnsignedLong(lines[2].split("\t", -1)[1], 16);
    assertThat(ignored & 0x7fffffff).as("signals 1 to 31 that the job ignores").isZero();
  }

  @Test
  void aVariableThatLoadsALibraryReachesTheJobAlone() throws Exception {
    JobSpec spec =
        Jobs.with(
            Jobs.sh("echo started"),
            Map.of("LD_PRELOAD", "/no/such/library.so", "ENV", "/no/such/file", "IFS", "x"));
    Completion end = jobs.run("preload", spec);

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(Files.size(jobs.files("preload").directory().resolve("log"))).isZero();
  }

  @Test
  void aJobThatRunsTooLongIsStopped() throws Exception {
    JobSpec spec =
        Jobs.with(Jobs.sh("echo go; sleep 60"), Duration.ofSeconds(1), Duration.ofSeconds(1));
    Completion end = jobs.run("long", spec);

    assertThat(end.outcome()).isEqualTo(new Outcome.Stopped(StopReason.TIME_LIMIT));
    assertThat(jobs.output("long")).isEqualTo("go\n");
  }

  @Test
  void aCancelledJobMayTidyUp() throws Exception {
    Execution job =
        jobs.start("tidy", Jobs.sh("trap 'echo bye; exit 0' TERM; echo go; sleep 60 & wait"));
    jobs.awaitOutput("tidy", "go");
    job.stop(StopReason.CANCELLED);
    job.stop(StopReason.OWNER);

    assertThat(Jobs.end(job).outcome()).isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));
    assertThat(jobs.output("tidy")).isEqualTo("go\nbye\n");
  }

  @Test
  void aJobThatIgnoresTheRequestIsKilled() throws Exception {
    JobSpec spec =
        Jobs.with(
            Jobs.sh("trap '' TERM; echo go; while :; do sleep 1; done"),
            Duration.ofSeconds(60),
            Duration.ofSeconds(0));
    Execution job = jobs.start("deaf", spec);
    jobs.awaitOutput("deaf", "go");
    job.stop(StopReason.OWNER);

    assertThat(Jobs.end(job).outcome()).isEqualTo(new Outcome.Stopped(StopReason.OWNER));
    assertThat(Jobs.alive(job.started().toCompletableFuture().join().pid())).isFalse();
  }

  @Test
  void anAgentThatClosesLateDoesNotHinderItsSuccessor() throws Exception {
    try (Jobs next = new Jobs(home, OwnerPolicy.DEFAULT.withProcesses())) {
      jobs.close();
      assertThat(next.run("next", Jobs.SPEC).outcome()).isEqualTo(new Outcome.Exited(0));
    }
  }

  @Test
  void stoppingAJobAtOnceOrAfterItsEndDoesNoHarm() throws Exception {
    Execution early = jobs.start("early", Jobs.sh("sleep 60"));
    early.stop(StopReason.CANCELLED);
    assertThat(Jobs.end(early).outcome()).isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));

    Execution late = jobs.start("late", Jobs.SPEC);
    Completion end = Jobs.end(late);
    late.stop(StopReason.CANCELLED);
    assertThat(Jobs.end(late)).isEqualTo(end);
    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(0));
  }
}
