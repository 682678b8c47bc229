package dev.assay.job;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a job stands. Each change makes the revision one higher, so that a message that comes late
 * is seen to be old.
 *
 * <pre>
 * accepted → starting → running → ending → ended
 *    any of the first three may also go to ended at once, and starting to ending;
 * refused and ended are final.
 * </pre>
 */
public sealed interface JobState {
  /** The first state's revision. */
  long FIRST_REVISION = 1;

  /**
   * The revision of an ending that is reported because the journal of the job was damaged: higher
   * than any that a job can reach step by step.
   */
  long DAMAGED_REVISION = 1000;

  /** How many states the job has had, this one included. */
  long revision();

  /** Since when. */
  Instant at();

  /** Taken on, and on the disk. */
  record Accepted(long revision, Instant at) implements JobState {}

  /** Not taken on: the owner's setting that forbids it, and one sentence. */
  record Refused(long revision, Instant at, Refusal refusal) implements JobState {}

  /** Handed to the runtime: from here on it may have run. */
  record Starting(long revision, Instant at) implements JobState {}

  /**
   * Running.
   *
   * @param pid the process id of its program
   * @param startTicks when that process started, in clock ticks since boot: with the pid it names
   *     one process only
   */
  record Running(long revision, Instant at, long pid, long startTicks) implements JobState {}

  /** Asked to end, and not yet gone. */
  record Ending(long revision, Instant at, StopReason reason) implements JobState {}

  /**
   * Gone, with nothing left running.
   *
   * @param at when its program ended, or when it was known that it never will
   * @param startedAt when its program began, or empty if it never did
   * @param image the digest of the image that it ran in, if it was one
   */
  record Ended(
      long revision,
      Instant at,
      Outcome outcome,
      Optional<Instant> startedAt,
      OutputSummary stdout,
      OutputSummary stderr,
      Optional<String> image)
      implements JobState {}

  /** The state's one word. */
  default String word() {
    return switch (this) {
      case Accepted a -> "accepted";
      case Refused r -> "refused";
      case Starting s -> "starting";
      case Running r -> "running";
      case Ending e -> "ending";
      case Ended e -> "ended";
    };
  }

  /** Whether nothing follows. */
  default boolean isFinal() {
    return this instanceof Ended || this instanceof Refused;
  }

  /** Whether {@code next} may directly follow this state. */
  default boolean allows(JobState next) {
    if (next.revision() != revision() + 1) {
      return false;
    }
    return switch (this) {
      case Accepted a -> next instanceof Starting || next instanceof Ended;
      case Starting s -> next instanceof Running || next instanceof Ending || next instanceof Ended;
      case Running r -> next instanceof Ending || next instanceof Ended;
      case Ending e -> next instanceof Ended;
      case Ended e -> false;
      case Refused r -> false;
    };
  }

  /** The following state, starting. */
  default Starting starting(Instant now) {
    return new Starting(revision() + 1, now);
  }

  /** The following state, running. */
  default Running running(Instant startedAt, long pid, long startTicks) {
    return new Running(revision() + 1, startedAt, pid, startTicks);
  }

  /** The following state, ending. */
  default Ending ending(Instant now, StopReason reason) {
    return new Ending(revision() + 1, now, reason);
  }

  /** The following state, ended. */
  default Ended ended(
      Instant at,
      Outcome outcome,
      Optional<Instant> startedAt,
      OutputSummary stdout,
      OutputSummary stderr,
      Optional<String> image) {
    return new Ended(revision() + 1, at, outcome, startedAt, stdout, stderr, image);
  }
}
