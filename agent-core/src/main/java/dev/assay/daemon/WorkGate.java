package dev.assay.daemon;

import dev.assay.job.Refusal;
import dev.assay.owner.OwnerConsent;
import dev.assay.owner.Pause;
import dev.assay.owner.PauseFile;
import dev.assay.wire.Availability;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether new jobs and proofs are let in: not while the owner has paused the node or drains it, nor
 * outside of the owner's terms. A pause is on the disk before it counts; a drain ends with the
 * agent.
 */
final class WorkGate {
  private static final Refusal DRAINING =
      new Refusal(
          "assay drain",
          "the owner of this host ends its agent after what runs; assay resume lets work in again");

  private final PauseFile file;
  private final OwnerConsent consent;
  private final InstantSource clock;
  private Optional<Pause> pause;
  private boolean draining;

  private WorkGate(PauseFile file, OwnerConsent consent, InstantSource clock) throws IOException {
    this.file = file;
    this.consent = consent;
    this.clock = clock;
    this.pause = file.read();
  }

  /**
   * A gate as its owner left it.
   *
   * @throws IOException if that cannot be read
   */
  static WorkGate open(AgentParts parts) throws IOException {
    return new WorkGate(parts.pause(), parts.consent(), parts.clock());
  }

  /** Why nothing new is let in now, if it is not. */
  synchronized Optional<Refusal> refusal() {
    if (draining) {
      return Optional.of(DRAINING);
    }
    return pause().map(Pause::refusal).or(consent::refusal);
  }

  /** The pause that holds now. */
  synchronized Optional<Pause> pause() {
    return pause.filter(kept -> !kept.isOver(clock.instant()));
  }

  synchronized boolean isDraining() {
    return draining;
  }

  /** What the coordinator is told of it. The owner's terms are not told, only what they refuse. */
  synchronized Availability availability() {
    if (draining) {
      return Availability.DRAINING;
    }
    return pause()
        .map(
            kept ->
                new Availability(
                    Availability.State.PAUSED,
                    kept.until().stream().mapToLong(WorkGate::seconds).findFirst()))
        .orElse(Availability.OPEN);
  }

  /** Lets nothing new in; it is durable when this returns. */
  synchronized void close(Pause by) throws IOException {
    file.write(by);
    pause = Optional.of(by);
  }

  /** Lets nothing new in for as long as this agent runs. */
  synchronized void drain() {
    draining = true;
  }

  /** Lets new work in again; it is durable when this returns. */
  synchronized void open() throws IOException {
    file.clear();
    pause = Optional.empty();
    draining = false;
  }

  /** Removes a pause that is over. */
  synchronized void forgetOver() throws IOException {
    if (pause.isPresent() && pause().isEmpty()) {
      pause = Optional.empty();
      file.clear();
    }
  }

  /** The first whole second that is not before the time. */
  private static long seconds(Instant time) {
    return time.plusNanos(999_999_999).getEpochSecond();
  }
}
