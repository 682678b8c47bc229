package dev.assay.daemon;

import dev.assay.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How often the agent has started: the fencing number by which a coordinator tells the newer of two
 * sessions of one key. It is a decimal number and a line break in the file {@code boot}.
 */
public final class BootEpoch {
  private static final long MAX = 1L << 50;

  private BootEpoch() {}

  /**
   * Counts this start. The number is durable when this returns, so no other start gets it too.
   *
   * @throws IOException if the file is damaged or cannot be written; the message says what to do
   */
  public static long next(Path file) throws IOException {
    long next = last(file) + 1;
    DurableFile.replace(file, (next + "\n").getBytes(StandardCharsets.US_ASCII));
    return next;
  }

  private static long last(Path file) throws IOException {
    if (Files.notExists(file)) {
      return 0;
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[1-9][0-9]{0,15}") || Long.parseLong(text) >= MAX) {
      throw new IOException(
          file
              + " does not hold a boot number; write one there that is higher than any that the"
              + " coordinator has seen of this node");
    }
    return Long.parseLong(text);
  }
}
