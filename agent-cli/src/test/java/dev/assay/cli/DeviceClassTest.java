package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Finding;
import dev.assay.json.StrictJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceClassTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final long FREE = 24L << 30;

  private static ObjectNode proof(String device, String state, long millis, String proven) {
    ObjectNode proof =
        StrictJson.newObject().put("device", device).put("state", state).put("witnessedMs", millis);
    proof.set("proven", StrictJson.object(proven, "proven").raw());
    return proof;
  }

  private static Optional<Finding> of(String model, JsonNode... proofs) {
    return DeviceClass.of(CATALOG, "cuda:0", model, FREE, List.of(proofs));
  }

  private static final ObjectNode FILL =
      proof("cuda:0", "passed", 4000, "{\"bytes\":24000000000,\"bytesPerSecond\":700000000000}");
  private static final ObjectNode PRODUCT =
      proof("cuda:0", "passed", 4000, "{\"opsPerSecond\":460000000000000}");

  @Test
  void proofsOfTheWholeDeviceAreHeldAgainstTheNameThatItClaims() {
    assertThat(of("NVIDIA GeForce RTX 4090", FILL, PRODUCT))
        .containsInstanceOf(Finding.Consistent.class);
    assertThat(of("NVIDIA A100-SXM4-80GB", FILL, PRODUCT).map(Finding::sentence))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith(
                        "Says NVIDIA A100-SXM4-80GB, behaves like NVIDIA GeForce RTX 4090"));
  }

  @Test
  void aSmallProofSaysNothingOfTheDevice() {
    assertThat(
            of(
                "NVIDIA GeForce RTX 4090",
                proof(
                    "cuda:0",
                    "passed",
                    1500,
                    "{\"bytes\":1000000000,\"bytesPerSecond\":100000000000}"),
                proof("cuda:0", "passed", 20, "{\"opsPerSecond\":1000000000}")))
        .isEmpty();
  }

  @Test
  void failedProofsAndThoseOfOtherDevicesDoNotCount() {
    assertThat(
            of(
                "NVIDIA GeForce RTX 4090",
                proof("cuda:1", "passed", 4000, "{\"opsPerSecond\":460000000000000}"),
                proof("cuda:0", "failed", 4000, "{\"opsPerSecond\":460000000000000}")))
        .isEmpty();
  }
}
