package dev.assay.cli;

import dev.assay.crypto.PublicKey;
import dev.assay.log.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds out which of the logs that one key can have is in a directory (tokens.md §2 and §4). */
final class LogOrigin {
  private static final List<String> ORIGINS = List.of("assay.dev/node/", "assay.dev/challenger/");

  private LogOrigin() {}

  /**
   * The key that signs the checkpoints of the log in {@code directory}.
   *
   * @throws CommandException if there is no log, or it is another key's
   */
  static NoteKey of(Path directory, PublicKey key) throws IOException, CommandException {
    Path checkpoint = directory.resolve("checkpoint");
    if (Files.notExists(checkpoint)) {
      throw CommandException.unavailable("There is no log yet in " + directory + ".");
    }
    String found;
    try (var lines = Files.lines(checkpoint)) {
      found = lines.findFirst().orElse("");
    }
    for (String origin : ORIGINS) {
      if (found.equals(origin + key.id())) {
        return NoteKey.ofLog(found, key);
      }
    }
    throw CommandException.usage(
        "The log in " + directory + " is not one of the key " + key.id() + ".");
  }
}
