package dev.assay.hardware;

import java.util.List;

/**
 * Sources that disagree on one fact. The component itself carries the first of these readings;
 * listing all of them leaves the judgement to the reader.
 *
 * @param component the id of the component
 * @param fact the fact's name
 * @param readings what each source says, two or more
 */
public record Conflict(String component, String fact, List<Reading> readings) {
  public Conflict {
    readings = List.copyOf(readings);
    if (readings.size() < 2 || readings.size() > Source.values().length) {
      throw new IllegalArgumentException(
          "A conflict on "
              + fact
              + " of "
              + component
              + " has "
              + readings.size()
              + " readings, which is not 2 to "
              + Source.values().length
              + ".");
    }
  }
}
