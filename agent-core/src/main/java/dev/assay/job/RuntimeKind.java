package dev.assay.job;

import java.util.Optional;

/** How a job is run. */
public enum RuntimeKind {
  /** A plain process of the host, bounded by control groups. */
  PROCESS("process"),
  /** An OCI container, made by the host's container engine. */
  CONTAINER("container");

  private final String word;

  RuntimeKind(String word) {
    this.word = word;
  }

  /** The kind as it is written. */
  public String word() {
    return word;
  }

  static Optional<RuntimeKind> of(String word) {
    for (RuntimeKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
