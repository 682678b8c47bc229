package dev.assay.host;

import java.util.Optional;

/** What one read of the host gave. */
public sealed interface Raw {
  /** A file's content, a link's last name, or a program's output; without surrounding blanks. */
  record Content(String text) implements Raw {}

  /** There is no such thing on this host. */
  record Absent() implements Raw {}

  /** It is there, and could not be read in time or at all. */
  record Failed(String reason) implements Raw {}

  /** The content, unless it is empty. */
  default Optional<String> found() {
    return this instanceof Content content && !content.text.isEmpty()
        ? Optional.of(content.text)
        : Optional.empty();
  }
}
