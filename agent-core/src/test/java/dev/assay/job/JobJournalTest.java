package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJournalTest {
  private static final Instant NOW = JobStateTest.NOW;
  private static final JobId JOB = new JobId("job-1");
  private static final JobId OTHER = new JobId("other");
  private static final String TOKEN = "aaa.bbb.ccc";

  @TempDir Path home;
  private Path directory;
  private JobJournal journal;

  @BeforeEach
  void open() throws Exception {
    directory = home.resolve("jobs");
    journal = reopen();
  }

  private JobJournal reopen() throws IOException {
    return JobJournal.open(directory, InstantSource.fixed(NOW));
  }

  private JobState.Ended end(JobId id) throws IOException {
    JobState.Ended ended =
        JobStateTest.ended(journal.find(id).orElseThrow().state(), new Outcome.Exited(0));
    journal.update(id, ended);
    return ended;
  }

  @Test
  void everyStateIsFoundAgainAfterARestart() throws Exception {
    journal.accept(JOB, TOKEN);
    assertThat(reopen().all()).isEqualTo(journal.all());
    JobState state = journal.find(JOB).orElseThrow().state();
    for (JobState next :
        List.of(
            state.starting(NOW),
            state.starting(NOW).running(NOW, 42, 4711),
            state.starting(NOW).running(NOW, 42, 4711).ending(NOW, StopReason.OWNER))) {
      journal.update(JOB, next);
      assertThat(reopen().find(JOB).orElseThrow())
          .isEqualTo(new JobRecord(JOB, TOKEN, next, Optional.empty(), Optional.empty(), false));
    }
    journal.logStart(JOB, "start-digest");
    journal.logEnd(JOB, "end-digest");
    JobState.Ended ended = end(JOB);
    assertThat(reopen().find(JOB).orElseThrow())
        .isEqualTo(
            new JobRecord(
                JOB, TOKEN, ended, Optional.of("start-digest"), Optional.of("end-digest"), false));
  }

  @Test
  void everyOutcomeIsFoundAgain() throws Exception {
    for (int i = 0; i < JobStateTest.OUTCOMES.size(); i++) {
      JobId id = new JobId("job" + i);
      JobState accepted = journal.accept(id, TOKEN).state();
      journal.update(id, JobStateTest.ended(accepted, JobStateTest.OUTCOMES.get(i)));
    }
    assertThat(reopen().all()).isEqualTo(journal.all()).hasSize(JobStateTest.OUTCOMES.size());
  }

  @Test
  void aRefusalIsRememberedUntilItIsAcknowledged() throws Exception {
    Refusal refusal = new Refusal("jobs.max-memory", "too much");
    journal.refuse(JOB, TOKEN, refusal);

    assertThat(reopen().unacknowledged())
        .extracting(JobRecord::state)
        .containsExactly(new JobState.Refused(1, NOW, refusal));
  }

  @Test
  void anEndedJobIsReportedUntilItIsAcknowledged() throws Exception {
    journal.accept(JOB, TOKEN);
    journal.accept(OTHER, TOKEN);
    assertThatThrownBy(() -> journal.acknowledge(JOB)).isInstanceOf(IllegalStateException.class);
    assertThat(journal.unacknowledged()).isEmpty();
    end(JOB);
    assertThat(reopen().unacknowledged()).extracting(JobRecord::id).containsExactly(JOB);
    journal.acknowledge(JOB);
    journal.acknowledge(JOB);
    assertThat(journal.unacknowledged()).isEmpty();
    assertThat(reopen().unacknowledged()).isEmpty();
    assertThat(reopen().find(JOB).orElseThrow().acknowledged()).isTrue();
  }

  @Test
  void aStepThatIsNotAllowedChangesNothing() throws Exception {
    JobRecord job = journal.accept(JOB, TOKEN);
    JobState running = job.state().running(NOW, 1, 1);

    assertThatThrownBy(() -> journal.update(JOB, running))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the job job-1 is accepted at revision 1 and cannot become running at revision 2");
    assertThatThrownBy(() -> journal.accept(JOB, TOKEN)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal.update(OTHER, running))
        .isInstanceOf(IllegalStateException.class);
    assertThat(reopen().all()).containsExactly(job);
  }

  @Test
  void onlyWhatIsAcknowledgedIsRemoved() throws Exception {
    journal.accept(JOB, TOKEN);
    Files.createDirectories(journal.directory(JOB).resolve("work/a/b"));
    Files.createSymbolicLink(journal.directory(JOB).resolve("work/link"), home);
    end(JOB);
    assertThatThrownBy(() -> journal.remove(JOB)).isInstanceOf(IllegalStateException.class);
    assertThat(journal.removeEndedBefore(NOW.plusSeconds(1))).isEmpty();
    journal.acknowledge(JOB);
    assertThat(journal.removeEndedBefore(NOW)).isEmpty();
    assertThat(journal.removeEndedBefore(NOW.plusSeconds(1))).containsExactly(JOB);

    assertThat(journal.directory(JOB)).doesNotExist();
    assertThat(directory).isEmptyDirectory();
    assertThat(home).isNotEmptyDirectory();
    assertThat(reopen().all()).isEmpty();
  }

  @Test
  void aDamagedRecordLosesItsJobAndNoOther() throws Exception {
    journal.accept(OTHER, TOKEN);
    journal.accept(JOB, TOKEN);
    byte[] state = Files.readAllBytes(journal.directory(JOB).resolve("state.json"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      byte[] torn = Arrays.copyOf(state, random.nextInt(state.length));
      Files.write(journal.directory(JOB).resolve("state.json"), torn);
      JobJournal read = reopen();
      assertThat(read.find(OTHER)).isEqualTo(journal.find(OTHER));
      JobRecord lost = read.find(JOB).orElseThrow();
      assertThat(lost.token()).isEqualTo(TOKEN);
      assertThat(lost.state().revision()).isEqualTo(JobState.DAMAGED_REVISION);
      assertThat(((JobState.Ended) lost.state()).outcome().sentence())
          .contains("the record of this job on the node is damaged: state.json");
      assertThat(read.unacknowledged()).containsExactly(lost);
    }
    JobJournal read = reopen();
    read.acknowledge(JOB);
    assertThat(reopen().find(JOB).orElseThrow().acknowledged()).isTrue();
  }

  @Test
  void theRecordOfAnotherJobOrAMissingTokenIsDamage() throws Exception {
    journal.accept(JOB, TOKEN);
    journal.accept(OTHER, TOKEN);
    Files.copy(
        journal.directory(OTHER).resolve("state.json"),
        journal.directory(JOB).resolve("state.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(journal.directory(OTHER).resolve("spec.jws"));
    JobJournal read = reopen();

    assertThat(((JobState.Ended) read.find(JOB).orElseThrow().state()).outcome().sentence())
        .endsWith("state.json.id: belongs to the job other");
    assertThat(((JobState.Ended) read.find(OTHER).orElseThrow().state()).outcome().sentence())
        .endsWith("spec.jws is missing or cannot be read");
    read.acknowledge(OTHER);
    assertThat(reopen().find(OTHER).orElseThrow().acknowledged()).isTrue();
  }

  @Test
  void anAcceptanceThatWasCutShortNeverWas() throws Exception {
    Path cut = Files.createDirectory(directory.resolve("cut"));
    Files.writeString(cut.resolve("spec.jws"), TOKEN);
    Files.writeString(cut.resolve("state.json.tmp"), "{");
    Files.createDirectory(directory.resolve(".going-old"));
    Files.createDirectories(directory.resolve("not a job"));

    assertThat(reopen().all()).isEmpty();
    assertThat(cut).doesNotExist();
    assertThat(directory.resolve(".going-old")).doesNotExist();
    assertThat(reopen().accept(new JobId("cut"), TOKEN)).isNotNull();
  }

  @Test
  void nobodyElseCanLookIn() throws Exception {
    journal.accept(JOB, TOKEN);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.directory(JOB))))
        .isEqualTo("rwx------");
  }
}
