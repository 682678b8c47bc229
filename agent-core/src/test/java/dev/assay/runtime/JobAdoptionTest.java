package dev.assay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Resources;
import dev.assay.job.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose agent goes away, for each thing that may happen meanwhile. */
class JobAdoptionTest {
  private static final OwnerPolicy POLICY =
      new OwnerPolicy(
          true,
          OwnerPolicy.DEFAULT.perJob(),
          Duration.ofHours(1),
          64 << 10,
          Resources.NONE,
          Optional.empty(),
          ContainerPolicy.DEFAULT);

  @TempDir Path home;
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = new Jobs(home, POLICY);
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  @Test
  void aRunningJobIsAdoptedAndCanBeStopped() throws Exception {
    JobSpec spec = Jobs.sh("echo one; while [ ! -e go ]; do sleep 0.02; done; echo two; sleep 60");
    StartedProcess before = jobs.start("going", spec).started().toCompletableFuture().join();
    jobs.restart();
    Execution adopted = jobs.adopt("going");
    assertThat(adopted.started().toCompletableFuture()).isCompletedWithValue(before);

    Files.createFile(jobs.directory("going").resolve("work/go"));
    jobs.awaitOutput("going", "two");
    adopted.stop(StopReason.CANCELLED);

    assertThat(Jobs.end(adopted).outcome()).isEqualTo(new Outcome.Stopped(StopReason.CANCELLED));
    assertThat(jobs.output("going")).isEqualTo("one\ntwo\n");
    assertThat(Jobs.alive(before.pid())).isFalse();
  }

  @Test
  void aJobIsAdoptedAlsoWhereNoneCouldBeStartedAnyMore() throws Exception {
    StartedProcess process =
        jobs.start("left", Jobs.sh("sleep 60")).started().toCompletableFuture().join();
    jobs.close();
    OwnerPolicy policy =
        new OwnerPolicy(
            false,
            POLICY.perJob(),
            POLICY.maxTime(),
            POLICY.maxOutputBytes(),
            POLICY.keptForOwner(),
            Optional.of("no-such-user"),
            ContainerPolicy.DEFAULT);
    jobs = new Jobs(home, policy);
    assertThat(jobs.runtime().refusal(Jobs.SPEC)).isPresent();
    Execution adopted = jobs.adopt("left");
    adopted.stop(StopReason.OWNER);

    assertThat(Jobs.end(adopted).outcome()).isEqualTo(new Outcome.Stopped(StopReason.OWNER));
    assertThat(Jobs.alive(process.pid())).isFalse();
  }

  @Test
  void aJobOfAnAgentThatWasKilledIsAdopted() throws Exception {
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DyingAgent.class.getName(),
                home.toString())
            .inheritIO()
            .start();
    assertThat(agent.waitFor()).isEqualTo(DyingAgent.STATUS);

    Execution adopted = jobs.adopt("orphan");
    Files.createFile(jobs.directory("orphan").resolve("work/go"));

    assertThat(Jobs.end(adopted).outcome()).isEqualTo(new Outcome.Exited(7));
    assertThat(jobs.output("orphan")).isEqualTo("alone\n");
  }

  @Test
  void aJobThatEndedWhileTheAgentWasAwayHasItsOutcomeAndTimes() throws Exception {
    JobSpec spec = Jobs.sh("while [ ! -e go ]; do sleep 0.02; done; echo done; exit 5");
    jobs.start("away", spec);
    jobs.runtime().close();
    Files.createFile(jobs.directory("away").resolve("work/go"));
    Jobs.await(exited("away"));
    jobs.restart();
    Completion end = Jobs.end(jobs.adopt("away"));

    assertThat(end.outcome()).isEqualTo(new Outcome.Exited(5));
    assertThat(end.startedAt().orElseThrow()).isBeforeOrEqualTo(end.endedAt());
    assertThat(end.stdout().size()).isEqualTo(5);
    assertThat(Jobs.end(jobs.adopt("away"))).as("adopted again").isEqualTo(end);
  }

  @Test
  void limitsHoldWhileTheAgentIsAway() throws Exception {
    JobSpec slow =
        Jobs.with(
            Jobs.sh("trap '' TERM; while :; do sleep 0.1; done"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(0));
    JobSpec loud = Jobs.sh("head -c 100000 /dev/zero; sleep 60");
    jobs.start("slow", slow);
    jobs.runtime().close();
    jobs.restart();
    jobs.start("loud", loud);
    jobs.runtime().close();
    Jobs.await(exited("slow"));
    Jobs.await(exited("loud"));
    jobs.restart();

    assertThat(Jobs.end(jobs.adopt("slow")).outcome())
        .isEqualTo(new Outcome.Stopped(StopReason.TIME_LIMIT));
    assertThat(Jobs.end(jobs.adopt("loud")).outcome())
        .isEqualTo(new Outcome.Stopped(StopReason.OUTPUT_LIMIT));
  }

  @Test
  void aJobThatWasNotStartedNeverWillBe() throws Exception {
    SupervisorFiles files = jobs.files("never");
    Files.createDirectories(jobs.directory("never").resolve("work"));
    Files.createDirectories(files.directory());
    JobGroup group = new JobGroup(List.of(home.resolve("group")), home.resolve("count"));
    files.writeLaunch(Jobs.SPEC, Path.of("/bin/true"), home, group, Optional.empty());
    files.writeSupervise(Jobs.SPEC, group, 1);
    Outcome adopted = Jobs.end(jobs.adopt("never")).outcome();

    assertThat(adopted)
        .isEqualTo(
            new Outcome.FailedToStart(
                Outcome.Cause.HOST, "the agent ended before the job was started"));
    assertThat(files.supervise().waitFor()).as("a supervisor that comes too late").isZero();
    assertThat(files.started()).isEmpty();
    assertThat(Jobs.end(jobs.adopt("never")).outcome()).isEqualTo(adopted);
  }

  @Test
  void aProcessThatGotTheSamePidIsNotTakenForTheJobs() throws Exception {
    JobSpec spec = Jobs.sh("sleep 60");
    StartedProcess process = jobs.start("reused", spec).started().toCompletableFuture().join();
    jobs.runtime().close();
    long supervisor = jobs.files("reused").supervisor().orElseThrow().pid();
    String mine = Files.readString(Path.of("/proc/self/stat"));
    long me = ProcessHandle.current().pid();
    String later = mine.replaceFirst("^(.*\\) (?:\\S+ ){19})\\S+", "$11");
    assertThat(ProcessStat.parse(later)).contains(new ProcessStat(me, 1));
    Files.writeString(jobs.files("reused").directory().resolve("supervisor"), later);
    Files.writeString(jobs.files("reused").directory().resolve("watcher"), later);
    Jobs.kill(supervisor);
    jobs.restart();
    Execution adopted = jobs.adopt("reused");
    adopted.stop(StopReason.CANCELLED);

    assertThat(Jobs.end(adopted).outcome()).isInstanceOf(Outcome.Lost.class);
    assertThat(Jobs.alive(process.pid())).isFalse();
  }

  @Test
  void aJobWhoseSupervisorIsKilledEndsEvenWithoutAnAgent() throws Exception {
    JobSpec spec = Jobs.sh("trap '' TERM; while :; do sleep 0.1; done");
    StartedProcess process = jobs.start("alone", spec).started().toCompletableFuture().join();
    jobs.runtime().close();
    Jobs.kill(jobs.files("alone").supervisor().orElseThrow().pid());
    Jobs.await(() -> !Jobs.alive(process.pid()));
    jobs.restart();

    assertThat(Jobs.end(jobs.adopt("alone")).outcome()).isInstanceOf(Outcome.Lost.class);
  }

  @Test
  void aRestartOfTheHostLosesARunningJobButNotAnEndedOne() throws Exception {
    JobSpec spec = Jobs.sh("exit 6");
    jobs.run("ended", spec);
    otherBoot("ended");
    assertThat(Jobs.end(jobs.adopt("ended")).outcome()).isEqualTo(new Outcome.Exited(6));

    Files.delete(jobs.files("ended").directory().resolve("exit"));
    assertThat(Jobs.end(jobs.adopt("ended")).outcome())
        .isEqualTo(new Outcome.Lost("the host was restarted while it ran"));
  }

  @Test
  void aDamagedExitRecordIsReportedAsSuch() throws Exception {
    jobs.run("damaged", Jobs.SPEC);
    Files.writeString(jobs.files("damaged").directory().resolve("exit"), "code x\n");

    assertThat(Jobs.end(jobs.adopt("damaged")).outcome())
        .isEqualTo(new Outcome.Lost("the record of its exit is damaged"));
  }

  @Test
  void anExitThatCannotBeWrittenIsWrittenLater() throws Exception {
    JobSpec spec = Jobs.sh("while [ ! -e go ]; do sleep 0.02; done; exit 3");
    Execution job = jobs.start("full", spec);
    Path inTheWay = Files.createDirectory(jobs.files("full").directory().resolve("exit.tmp"));
    Files.createFile(jobs.directory("full").resolve("work/go"));
    Jobs.await(() -> !Jobs.alive(job.started().toCompletableFuture().join().pid()));
    assertThat(job.completion().toCompletableFuture()).isNotDone();
    Files.delete(inTheWay);

    assertThat(Jobs.end(job).outcome()).isEqualTo(new Outcome.Exited(3));
  }

  @Test
  void aProgramThatCannotEnterItsControlGroupIsNotRun() throws Exception {
    SupervisorFiles files = jobs.files("closed");
    Path work = Files.createDirectories(jobs.directory("closed").resolve("work"));
    Files.createDirectories(files.directory());
    JobGroup group = new JobGroup(List.of(home.resolve("none")), home.resolve("count"));
    Files.createFile(group.oomCount());
    files.writeLaunch(Jobs.SPEC, Path.of("/bin/true"), work, group, Optional.empty());
    files.writeSupervise(Jobs.SPEC, group, 1);
    files.supervise().waitFor();
    Outcome outcome = Jobs.end(jobs.adopt("closed")).outcome();

    assertThat(outcome).isInstanceOf(Outcome.FailedToStart.class);
    assertThat(outcome.sentence()).contains("cgroup.procs");
  }

  private BooleanSupplier exited(String id) throws IOException {
    SupervisorFiles files = jobs.files(id);
    return files::hasExit;
  }

  private void otherBoot(String id) throws IOException {
    SupervisorFiles files = jobs.files(id);
    files.writePlace(
        new SupervisorFiles.Place("another-boot", files.place().orElseThrow().groups()));
  }

  /** An agent that starts a job and is gone at once. */
  static final class DyingAgent {
    static final int STATUS = 9;
    static final JobSpec SPEC =
        Jobs.sh("while [ ! -e go ]; do sleep 0.02; done; echo alone; exit 7");

    private DyingAgent() {}

    public static void main(String[] args) throws Exception {
      Path job = Path.of(args[0], "jobs", "orphan");
      Files.createDirectories(job);
      ProcessRuntime.open(Path.of(args[0]), POLICY, InstantSource.system())
          .start(new JobId("orphan"), SPEC, job);
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
