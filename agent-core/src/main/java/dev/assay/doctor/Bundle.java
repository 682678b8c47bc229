package dev.assay.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Texts for somebody who helps, in one archive, each without what names anybody. */
public final class Bundle {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int MAX_LINES = 400;

  private Bundle() {}

  /**
   * The bytes of a zip file.
   *
   * @param files texts by their names; names hold nothing secret
   */
  public static byte[] zip(Map<String, String> files, Redaction redaction) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(redaction.of(file.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The last lines of a kernel's log that say something of GPUs, their bus, or disks. */
  public static String tail(String log) {
    List<String> kept =
        log.lines()
            .filter(
                line ->
                    line.matches(
                        "(?i).*(nvrm|nvidia|nouveau|xid|i/o error|-fs error|pcieport|aer:).*"))
            .toList();
    return last(kept);
  }

  /** The last lines of a log. */
  public static String end(String log) {
    return last(log.lines().toList());
  }

  private static String last(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()))
        + "\n";
  }
}
