package dev.assay.audit;

import dev.assay.log.source.LogSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays several logs and holds them against each other: copies of one log must be of one history,
 * and what a challenger signed in a node's log must stand in its own, where that is given too.
 */
public final class Audit {
  /** A log, and what the report calls the place. */
  public record Place(String name, LogSource source) {}

  private final LogAudit audit;

  /** An audit with these keys, on so many threads. */
  public Audit(KeyRing keys, int threads, AuditProgress progress) {
    this.audit = new LogAudit(keys, threads, progress);
  }

  /**
   * The reports, in the order of the places.
   *
   * @throws IOException if it cannot be told what a log has: nobody's fault, to be tried again
   */
  public List<AuditReport> run(List<Place> places) throws IOException {
    OtherLogs others = new OtherLogs();
    List<Place> challengersFirst = new ArrayList<>();
    for (Place place : places) {
      boolean challenger = audit.announce(place, others);
      challengersFirst.add(challenger ? 0 : challengersFirst.size(), place);
    }
    Map<Place, AuditReport> reports = new HashMap<>();
    for (Place place : challengersFirst) {
      reports.put(place, audit.run(place, others));
    }
    return places.stream().map(reports::get).toList();
  }
}
