package dev.assay.log.http;

import dev.assay.log.LogFormatException;
import dev.assay.log.Tile;
import dev.assay.log.source.LogReader;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of a log as the web sees it. */
record Resource(String path, String contentType, String cacheControl) {
  private static final Pattern BLOB = Pattern.compile("blob/[0-9a-f]{64}");

  private static final String BYTES = "application/octet-stream";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String A_MINUTE = "public, max-age=60";
  private static final String ASK_AGAIN = "no-cache";

  /**
   * What a request asks for. Only the names that a log can have are known, and none of them leads
   * out of its directory.
   *
   * @param requested the path of the request as it was sent, with its first slash
   */
  static Optional<Resource> of(String requested) {
    String path = requested.startsWith("/") ? requested.substring(1) : requested;
    if (path.equals(LogReader.CHECKPOINT) || path.equals(LogReader.WITNESSED)) {
      return Optional.of(new Resource(path, TEXT, ASK_AGAIN));
    }
    if (BLOB.matcher(path).matches()) {
      return Optional.of(new Resource(path, BYTES, FOR_EVER));
    }
    try {
      String cache = Tile.parse(path).isPartial() ? A_MINUTE : FOR_EVER;
      return Optional.of(new Resource(path, BYTES, cache));
    } catch (LogFormatException e) {
      return Optional.empty();
    }
  }
}
