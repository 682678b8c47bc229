package dev.assay.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proof;
import dev.assay.token.ProofJson;
import java.util.Locale;

/**
 * One proof of a self-test. The times are this machine's own word.
 *
 * @param workedMs from the challenge to the commitment
 * @param openedMs for the opening
 * @param verifiedMs for all checks together
 * @param openingBytes the size of the opening
 * @param reason what did not hold, or why the machine could not do it; empty if it passed
 */
public record SelfTestResult(
    String device,
    Proof proof,
    Status status,
    long workedMs,
    long openedMs,
    long verifiedMs,
    long openingBytes,
    String reason) {
  private static final int MAX_TEXT = 4096;

  /** How it ended. */
  public enum Status {
    PASS,
    /** The work was done and is wrong: a fault in the device, its memory or this software. */
    FAIL,
    /** The work was not done. */
    NOT_DONE;

    /** The status as it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Status of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** As the control socket carries it. */
  public ObjectNode toJson() {
    ObjectNode json = StrictJson.newObject().put("device", device);
    json.set("proof", ProofJson.write(proof));
    return json.put("status", status.word())
        .put("workedMs", workedMs)
        .put("openedMs", openedMs)
        .put("verifiedMs", verifiedMs)
        .put("openingBytes", openingBytes)
        .put("reason", reason);
  }

  /** Reads what {@link #toJson} wrote. */
  public static SelfTestResult parse(JsonObject json) {
    String status = json.string("status", MAX_TEXT);
    SelfTestResult result =
        new SelfTestResult(
            json.string("device", MAX_TEXT),
            ProofJson.read(json.object("proof")),
            Status.of(status),
            json.integer("workedMs", 0, Long.MAX_VALUE),
            json.integer("openedMs", 0, Long.MAX_VALUE),
            json.integer("verifiedMs", 0, Long.MAX_VALUE),
            json.integer("openingBytes", 0, Long.MAX_VALUE),
            json.string("reason", MAX_TEXT));
    json.end();
    return result;
  }
}
