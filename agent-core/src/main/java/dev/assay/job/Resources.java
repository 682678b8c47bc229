package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;

/**
 * An amount of a host: what a job may use, what all running jobs use, or what there is.
 *
 * @param memoryBytes memory, swap included
 * @param milliCpus thousandths of a logical processor's time
 * @param processes processes and threads alive at once
 */
public record Resources(long memoryBytes, long milliCpus, long processes) {
  /** Nothing at all. */
  public static final Resources NONE = new Resources(0, 0, 0);

  private static final long MIN_MEMORY = 4L << 20;
  private static final long MAX_MEMORY = 1L << 50;
  private static final long MIN_CPU = 10;
  private static final long MAX_CPU = 4_096_000;
  private static final long MAX_PROCESSES = 1L << 20;

  /** Both together. */
  public Resources plus(Resources other) {
    return new Resources(
        memoryBytes + other.memoryBytes, milliCpus + other.milliCpus, processes + other.processes);
  }

  static Resources parse(JsonObject json) {
    Resources resources =
        new Resources(
            json.integer("memoryBytes", MIN_MEMORY, MAX_MEMORY),
            json.integer("milliCpus", MIN_CPU, MAX_CPU),
            json.integer("processes", 1, MAX_PROCESSES));
    json.end();
    return resources;
  }

  ObjectNode toJson() {
    return StrictJson.newObject()
        .put("memoryBytes", memoryBytes)
        .put("milliCpus", milliCpus)
        .put("processes", processes);
  }
}
