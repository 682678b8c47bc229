package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChainTest {
  @Test
  void theFirstStepIsAsInTheVectors() {
    JsonNode step = ProofVectors.steps("chain").getFirst();
    DeviceSeed seed = new DeviceSeed(ProofVectors.hash(step.get("deviceSeed")));
    Chain chain = Chain.of(seed, step.get("worker").intValue());
    assertThat(chain.value()).isEqualTo(hex(step, "x0"));
    assertThat(chain.salt()).isEqualTo(hex(step, "salt"));
    chain.run(1);
    assertThat(chain.value()).isEqualTo(hex(step, "x1"));
  }

  private static byte[] hex(JsonNode step, String name) {
    return HexFormat.of().parseHex(step.get(name).textValue());
  }
}
