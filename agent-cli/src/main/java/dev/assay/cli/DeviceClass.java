package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Classification;
import dev.assay.gpu.catalog.Figure;
import dev.assay.gpu.catalog.Finding;
import dev.assay.gpu.catalog.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which model a GPU's proofs fit. Only those count that asked for all that the device can do: a
 * small proof shows what was asked, and not what is there.
 */
final class DeviceClass {
  private static final double ALL_OF_FREE_MEMORY = 0.85;
  private static final long LONG_ENOUGH_MS = 1000;

  private DeviceClass() {}

  /**
   * What the proofs of one device say of the model that it claims to be; nothing if none of them
   * says anything.
   *
   * @param freeBytes of memory, as the node reported it
   * @param proofs as a coordinator answers them, of any device
   */
  static Optional<Finding> of(
      Catalog catalog, String device, String model, long freeBytes, Iterable<JsonNode> proofs) {
    OptionalLong bytes = OptionalLong.empty();
    OptionalLong bandwidth = OptionalLong.empty();
    OptionalLong operations = OptionalLong.empty();
    for (JsonNode proof : proofs) {
      JsonNode proven = proof.path("proven");
      if (!proof.path("device").asText().equals(device)
          || !proof.path("state").asText().equals("passed")
          || proof.path("witnessedMs").asLong() < LONG_ENOUGH_MS) {
        continue;
      }
      if (proven.path("bytes").asLong() >= ALL_OF_FREE_MEMORY * freeBytes) {
        bytes = larger(bytes, proven.path("bytes").asLong());
        bandwidth = larger(bandwidth, proven.path("bytesPerSecond").asLong());
      }
      operations = larger(operations, proven.path("opsPerSecond").asLong());
    }
    List<Observation> observations = new ArrayList<>();
    add(observations, Figure.MEMORY_BYTES, bytes);
    add(observations, Figure.BANDWIDTH, bandwidth);
    add(observations, Figure.INT8_TENSOR_OPS, operations);
    return observations.isEmpty()
        ? Optional.empty()
        : Optional.of(Classification.of(catalog, model, observations).finding());
  }

  private static OptionalLong larger(OptionalLong best, long other) {
    return other > best.orElse(0) ? OptionalLong.of(other) : best;
  }

  private static void add(List<Observation> to, Figure figure, OptionalLong value) {
    value.ifPresent(proven -> to.add(new Observation(figure, proven, true)));
  }
}
