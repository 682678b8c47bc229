package dev.assay.job;

import java.util.Optional;

/** What a container reaches, the least first. */
public enum NetworkMode {
  /** Nothing but itself. */
  NONE("none"),
  /** Whatever the host reaches; nothing reaches the container. */
  OUTBOUND("outbound");

  private final String word;

  NetworkMode(String word) {
    this.word = word;
  }

  /** The mode as it is written. */
  public String word() {
    return word;
  }

  /** The mode that is written as {@code word}, or empty if none is. */
  public static Optional<NetworkMode> of(String word) {
    for (NetworkMode mode : values()) {
      if (mode.word.equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
