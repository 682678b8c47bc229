package dev.assay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is named on the command line. */
final class InputFile {
  private InputFile() {}

  /**
   * Its bytes.
   *
   * @throws CommandException if it is a directory, which Java's own message would not name
   */
  static byte[] read(Path file) throws IOException, CommandException {
    if (Files.isDirectory(file)) {
      throw CommandException.usage(file + " is a directory: name a file.");
    }
    return Files.readAllBytes(file);
  }
}
