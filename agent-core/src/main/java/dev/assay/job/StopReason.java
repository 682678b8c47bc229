package dev.assay.job;

import java.util.Optional;

/** Why a job was made to end before it ended by itself. The first reason given stands. */
public enum StopReason {
  /** The coordinator asked for it. */
  CANCELLED("cancelled"),
  /** It ran for as long as it may. */
  TIME_LIMIT("timed-out"),
  /** It wrote more output than the owner allows. */
  OUTPUT_LIMIT("output-limit"),
  /** It wrote more to its container's file system than it asked for. */
  DISK_LIMIT("disk-limit"),
  /** Its coordinator was away for longer than the job's specification allows. */
  DISCONNECTED("disconnected"),
  /** The owner of the host asked for it. */
  OWNER("stopped-by-owner");

  private final String word;

  StopReason(String word) {
    this.word = word;
  }

  /** The reason as it is written. */
  public String word() {
    return word;
  }

  /** The reason that is written as {@code word}, or empty if none is. */
  public static Optional<StopReason> of(String word) {
    for (StopReason reason : values()) {
      if (reason.word.equals(word)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
