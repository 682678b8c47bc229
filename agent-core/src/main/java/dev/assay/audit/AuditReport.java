package dev.assay.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.audit.Finding.Weight;
import dev.assay.json.StrictJson;
import java.util.List;
import java.util.Map;

/**
 * What the replay of one log found.
 *
 * @param log where it was read from
 * @param origin whose log it says that it is, empty if it could not be read so far
 * @param size entries that the checkpoint covers
 * @param root the root that the entries make, base64
 * @param cosigners names of those whose cosignature on the newest or the witnessed checkpoint holds
 * @param witnessedSize entries that the newest cosigned checkpoint covers, 0 if there is none
 * @param entries how many entries there are of each kind
 * @param openings how many openings were recomputed
 * @param jobs how many jobs began, and how many of them ended
 * @param broken how many findings break the log; {@code findings} keeps the first of them
 */
public record AuditReport(
    String log,
    String origin,
    long size,
    String root,
    List<String> cosigners,
    long witnessedSize,
    Map<String, Long> entries,
    long openings,
    Jobs jobs,
    List<DeviceVerdict> devices,
    long broken,
    List<Finding> findings) {
  /** Jobs in the log. */
  public record Jobs(long started, long ended) {}

  /** Takes copies. */
  public AuditReport {
    cosigners = List.copyOf(cosigners);
    devices = List.copyOf(devices);
    findings = List.copyOf(findings);
  }

  /** Whether the log is whole and true, and every device in it stands. */
  public boolean holds() {
    return broken == 0
        && devices.stream().noneMatch(device -> device.status() == DeviceVerdict.Status.FAIL);
  }

  /** The first reason why it does not hold, empty if it does. */
  public String reason() {
    return findings.stream()
        .filter(finding -> finding.weight() == Weight.BROKEN)
        .map(Finding::toString)
        .findFirst()
        .or(
            () ->
                devices.stream()
                    .filter(device -> device.status() == DeviceVerdict.Status.FAIL)
                    .map(device -> device.device() + ": " + device.reason())
                    .findFirst())
        .orElse("");
  }

  /** The report as JSON. */
  public ObjectNode json() {
    ObjectNode json =
        StrictJson.newObject()
            .put("log", log)
            .put("holds", holds())
            .put("reason", reason())
            .put("origin", origin)
            .put("size", size)
            .put("root", root);
    ArrayNode names = json.putArray("cosigners");
    cosigners.forEach(names::add);
    json.put("witnessedSize", witnessedSize);
    ObjectNode kinds = json.putObject("entries");
    entries.forEach(kinds::put);
    json.put("openings", openings);
    json.putObject("jobs").put("started", jobs.started()).put("ended", jobs.ended());
    ArrayNode verdicts = json.putArray("devices");
    devices.forEach(device -> verdicts.add(device.json()));
    json.put("broken", broken);
    ArrayNode found = json.putArray("findings");
    findings.forEach(
        finding ->
            found
                .addObject()
                .put("weight", finding.weight().name().toLowerCase(java.util.Locale.ROOT))
                .put("place", finding.place())
                .put("problem", finding.problem()));
    return json;
  }
}
