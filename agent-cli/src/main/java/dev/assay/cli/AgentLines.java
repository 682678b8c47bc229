package dev.assay.cli;

import dev.assay.cli.report.Figures;
import dev.assay.cli.report.Quantity;
import dev.assay.crypto.KeyId;
import dev.assay.daemon.AgentEvent;
import dev.assay.daemon.PinnedCoordinator;
import dev.assay.job.JobState;
import dev.assay.proof.Prover;
import dev.assay.token.ResultToken;
import dev.assay.wire.Availability;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What an agent does, a line each: results to standard output, what is wrong to standard error. */
final class AgentLines implements Consumer<AgentEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Cli cli;
  private final KeyId node;
  private final PinnedCoordinator coordinator;
  private String lastLoss = "";
  private boolean stopping;

  AgentLines(Cli cli, KeyId node, PinnedCoordinator coordinator) {
    this.cli = cli;
    this.node = node;
    this.coordinator = coordinator;
  }

  synchronized void starting(long bootEpoch, NodeDevices devices) {
    say("node " + cli.style().strong(node.value()) + ", start " + bootEpoch);
    say(
        "devices "
            + devices.provers().stream().map(Prover::device).collect(Collectors.joining(", ")));
    devices.notes().forEach(this::say);
    say("coordinator " + coordinator.name() + " at " + coordinator.address());
  }

  /** From now on the end of the session is nothing to speak of. */
  synchronized void stopping() {
    stopping = true;
    say("stopping");
  }

  @Override
  public synchronized void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Connected connected -> {
        lastLoss = "";
        say("connected to " + connected.coordinator());
      }
      case AgentEvent.Disconnected lost -> lost(lost);
      case AgentEvent.ProofBegun begun ->
          say(
              "proof %s of %s begins, to be done in %s"
                  .formatted(
                      Figures.work(begun.proof()),
                      begun.device(),
                      Quantity.time(Duration.ofMillis(begun.deadlineMs()))));
      case AgentEvent.ProofDeclined declined ->
          say("proof %s declined: %s".formatted(declined.proof().name(), declined.reason()));
      case AgentEvent.ProofCommitted committed ->
          say(
              "proof %s committed after %s"
                  .formatted(committed.proof().name(), Quantity.time(committed.took())));
      case AgentEvent.ProofOpened opened ->
          say(
              "proof %s opened after %s, %s"
                  .formatted(
                      opened.proof().name(),
                      Quantity.time(opened.took()),
                      Quantity.bytes(opened.bytes())));
      case AgentEvent.ProofJudged judged -> judged(judged);
      case AgentEvent.JobChanged job -> say("job " + job.id() + " " + words(job.state()));
      case AgentEvent.AvailabilityChanged changed -> say(words(changed.now()));
      case AgentEvent.Rejected rejected -> complain("rejected: " + rejected.reason());
      case AgentEvent.Complaint complaint ->
          complain("the coordinator objects: " + complaint.sentence());
      case AgentEvent.Trouble trouble -> complain(trouble.sentence());
    }
  }

  private void lost(AgentEvent.Disconnected lost) {
    if (!stopping && !lost.reason().equals(lastLoss)) {
      lastLoss = lost.reason();
      complain(
          "not connected: %s; next attempt in %s, and so on"
              .formatted(lost.reason(), Quantity.time(lost.retryIn())));
    }
  }

  private void judged(AgentEvent.ProofJudged judged) {
    ResultToken result = judged.result();
    String words =
        switch (result.status()) {
          case PASS ->
              cli.style().good("passed")
                  + judged.witnessedMs().stream()
                      .mapToObj(ms -> " in " + Quantity.time(Duration.ofMillis(ms)))
                      .findFirst()
                      .orElse("")
                  + result.proven().map(proven -> ": " + Figures.of(proven)).orElse("");
          case FAIL -> cli.style().bad("failed") + ": " + result.reason();
          case REFUSED -> "noted as refused: " + result.reason();
        };
    say("proof %s of %s %s".formatted(judged.proof().name(), judged.device(), words));
  }

  private static String words(Availability now) {
    return switch (now.state()) {
      case OPEN -> "new jobs and proofs are taken on";
      case PAUSED ->
          "paused by its owner%s; assay resume ends it"
              .formatted(
                  now.until().stream()
                      .mapToObj(
                          end ->
                              " until "
                                  + PauseEnd.text(
                                      Instant.ofEpochSecond(end), ZoneId.systemDefault()))
                      .findFirst()
                      .orElse(""));
      case DRAINING -> "draining: nothing new is taken on, and the agent ends after what runs";
    };
  }

  private static String words(JobState state) {
    return switch (state) {
      case JobState.Refused refused ->
          "refused (%s): %s".formatted(refused.refusal().setting(), refused.refusal().reason());
      case JobState.Ended ended ->
          "%s; %s of output, %s of errors"
              .formatted(
                  ended.outcome().sentence(),
                  Quantity.bytes(ended.stdout().size()),
                  Quantity.bytes(ended.stderr().size()));
      case JobState.Accepted a -> state.word();
      case JobState.Starting s -> state.word();
      case JobState.Running r -> state.word();
      case JobState.Ending e -> state.word() + ": " + e.reason().word();
    };
  }

  private void say(String line) {
    cli.out().println(cli.style().faint(TIME.format(cli.clock().instant())) + " " + line);
  }

  private void complain(String line) {
    cli.err().println("assay: " + line);
  }
}
