package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStateTest {
  static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);

  static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Exited(0),
          new Outcome.Exited(255),
          new Outcome.Signalled(9),
          new Outcome.Stopped(StopReason.CANCELLED),
          new Outcome.Stopped(StopReason.TIME_LIMIT),
          new Outcome.Stopped(StopReason.OUTPUT_LIMIT),
          new Outcome.Stopped(StopReason.DISCONNECTED),
          new Outcome.Stopped(StopReason.OWNER),
          new Outcome.OutOfMemory(),
          new Outcome.FailedToStart(Outcome.Cause.COMMAND_NOT_FOUND, "there is no program 'x'"),
          new Outcome.FailedToStart(Outcome.Cause.HOST, "no room"),
          new Outcome.Lost("the host was restarted"));

  private static final JobState ACCEPTED = new JobState.Accepted(1, NOW);
  private static final JobState STARTING = ACCEPTED.starting(NOW);
  private static final JobState RUNNING = STARTING.running(NOW, 42, 7);
  private static final JobState ENDING = RUNNING.ending(NOW, StopReason.CANCELLED);

  static JobState.Ended ended(JobState before, Outcome outcome) {
    return before.ended(
        NOW,
        outcome,
        Optional.of(NOW),
        OutputSummary.EMPTY,
        new OutputSummary(3, OutputSummary.EMPTY.sha256()),
        Optional.empty());
  }

  @Test
  void aJobGoesOneWay() {
    JobState ended = ended(ENDING, new Outcome.Exited(0));
    List<JobState> way = List.of(ACCEPTED, STARTING, RUNNING, ENDING, ended);

    for (int i = 0; i < way.size(); i++) {
      assertThat(way.get(i).revision()).isEqualTo(i + 1);
      for (int j = 0; j < way.size(); j++) {
        assertThat(way.get(i).allows(way.get(j)))
            .as("%s to %s", way.get(i), way.get(j))
            .isEqualTo(j == i + 1);
      }
    }
  }

  @Test
  void aJobMayEndFromAnyStateAndOnlyOnce() {
    Outcome lost = new Outcome.Lost("gone");
    for (JobState state : List.of(ACCEPTED, STARTING, RUNNING, ENDING)) {
      assertThat(state.isFinal()).isFalse();
      JobState end = ended(state, lost);
      assertThat(state.allows(end)).isTrue();
      assertThat(end.isFinal()).isTrue();
      assertThat(end.allows(ended(end, lost))).isFalse();
    }
    assertThat(STARTING.allows(STARTING.ending(NOW, StopReason.OWNER))).isTrue();
    assertThat(ACCEPTED.allows(ACCEPTED.running(NOW, 1, 1))).isFalse();
    assertThat(ACCEPTED.allows(ACCEPTED.ending(NOW, StopReason.OWNER))).isFalse();
    JobState refused = new JobState.Refused(1, NOW, new Refusal("jobs.process", "no"));
    assertThat(refused.isFinal()).isTrue();
    assertThat(refused.allows(refused.starting(NOW))).isFalse();
  }

  @Test
  void aRevisionThatIsNotTheNextIsNotAllowed() {
    assertThat(ACCEPTED.allows(new JobState.Starting(3, NOW))).isFalse();
    assertThat(ACCEPTED.allows(new JobState.Starting(1, NOW))).isFalse();
  }

  @Test
  void everyOutcomeHasItsOwnWordAndIsReadAsItWasWritten() {
    for (Outcome outcome : OUTCOMES) {
      assertThat(Outcome.parse(StrictJson.object(StrictJson.bytes(outcome.toJson()), "outcome")))
          .isEqualTo(outcome);
      assertThat(outcome.sentence()).isNotBlank();
      assertThat(outcome.succeeded()).isEqualTo(outcome.equals(new Outcome.Exited(0)));
    }
    assertThat(OUTCOMES.stream().map(Outcome::word).distinct()).hasSize(10);
  }

  @Test
  void anythingElseIsNoOutcome() {
    for (String wrong :
        List.of(
            "{}",
            "{\"outcome\":\"fine\"}",
            "{\"outcome\":\"exited\"}",
            "{\"outcome\":\"exited\",\"exitCode\":256}",
            "{\"outcome\":\"signalled\",\"signal\":0}",
            "{\"outcome\":\"out-of-memory\",\"exitCode\":1}",
            "{\"outcome\":\"failed-to-start\",\"cause\":\"x\",\"detail\":\"\"}")) {
      assertThatThrownBy(() -> Outcome.parse(StrictJson.object(wrong, "outcome")))
          .isInstanceOf(JsonException.class);
    }
  }

  @Test
  void anOutputSummaryIsChecked() {
    assertThatThrownBy(() -> new OutputSummary(-1, OutputSummary.EMPTY.sha256()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OutputSummary(1, "abc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                OutputSummary.parse(
                    StrictJson.object("{\"size\":1,\"sha256\":\"" + "A".repeat(42) + "B\"}", "o")))
        .isInstanceOf(JsonException.class)
        .hasMessage("o.sha256: expected a SHA-256 in base64url");
  }
}
