package dev.assay.audit;

import dev.assay.audit.Finding.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings from several threads. A log can be wrong in a million places; only the first
 * few are kept, all are counted.
 */
final class Findings {
  private static final int KEPT = 200;

  private final List<Finding> kept = new ArrayList<>();
  private long broken;
  private long notes;

  synchronized void broken(String place, String problem) {
    Finding finding = new Finding(Weight.BROKEN, place, problem);
    if (!kept.contains(finding)) {
      keep(finding, ++broken);
    }
  }

  synchronized void note(String place, String problem) {
    keep(new Finding(Weight.NOTE, place, problem), ++notes);
  }

  synchronized long brokenCount() {
    return broken;
  }

  synchronized List<Finding> list() {
    return List.copyOf(kept);
  }

  private void keep(Finding finding, long ofItsWeight) {
    if (ofItsWeight <= KEPT) {
      kept.add(finding);
    }
  }
}
