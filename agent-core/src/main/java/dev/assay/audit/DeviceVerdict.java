package dev.assay.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import dev.assay.token.ProvenFigures;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the log shows of one device.
 *
 * @param node id of the node that it belongs to
 * @param reason why it is not a pass, empty if it is
 * @param proven the best figures of the proofs that passed, each recomputed by the auditor
 */
public record DeviceVerdict(
    String node,
    String device,
    Status status,
    String reason,
    long passed,
    long failed,
    long refused,
    long unfinished,
    long selfTests,
    ProvenFigures proven) {
  /** How the device stands. */
  public enum Status {
    /** At least one proof before a witness, and every one of them holds. */
    PASS,
    /** A proof failed. */
    FAIL,
    /** Nothing was proven to a witness. */
    UNPROVEN;

    /** As the report writes it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ObjectNode json() {
    ObjectNode json =
        StrictJson.newObject()
            .put("node", node)
            .put("device", device)
            .put("verdict", status.label())
            .put("reason", reason)
            .put("passed", passed)
            .put("failed", failed)
            .put("refused", refused)
            .put("unfinished", unfinished)
            .put("selfTests", selfTests);
    ObjectNode figures = json.putObject("proven");
    put(figures, "bytes", proven.bytes());
    put(figures, "bytesPerSecond", proven.bytesPerSecond());
    put(figures, "opsPerSecond", proven.opsPerSecond());
    put(figures, "hashesPerSecond", proven.hashesPerSecond());
    return json;
  }

  private static void put(ObjectNode json, String name, OptionalLong figure) {
    figure.ifPresent(value -> json.put(name, value));
  }
}
