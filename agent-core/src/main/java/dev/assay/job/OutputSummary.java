package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.regex.Pattern;

/**
 * One stream of an ended job's output.
 *
 * @param size its length in bytes
 * @param sha256 its SHA-256, base64url without padding
 */
public record OutputSummary(long size, String sha256) {
  private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  /** Of a stream to which nothing was written. */
  public static final OutputSummary EMPTY =
      new OutputSummary(0, "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");

  /** Refuses a size below zero or a digest of another form. */
  public OutputSummary {
    if (size < 0 || !DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "an output has a size of at least 0 and a SHA-256 in base64url");
    }
  }

  /** As it is journalled and sent. */
  public ObjectNode toJson() {
    return StrictJson.newObject().put("size", size).put("sha256", sha256);
  }

  /** Reads what {@link #toJson} wrote and nothing else. */
  public static OutputSummary parse(JsonObject json) {
    long size = json.integer("size", 0, Long.MAX_VALUE);
    String sha256 = json.string("sha256", 43);
    json.end();
    if (!DIGEST.matcher(sha256).matches()) {
      throw json.error("sha256", "expected a SHA-256 in base64url");
    }
    return new OutputSummary(size, sha256);
  }
}
