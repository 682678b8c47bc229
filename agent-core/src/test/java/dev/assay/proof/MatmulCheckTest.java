package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatmulCheckTest {
  @Test
  void cellsAtTheEndsOfTheRangesAreAsInTheVectors() {
    List<JsonNode> steps = ProofVectors.steps("cell");
    assertThat(steps).isNotEmpty();
    for (JsonNode step : steps) {
      Matmul proof = new Matmul(step.get("n").intValue(), 1, 1);
      Hash32 key = ProofVectors.hash(step.get("key"));
      List<Hash32> roots = List.of(key);
      DeviceSeed seed = new DeviceSeed(key);
      MatmulCheck check = new MatmulCheck(proof, seed, roots, Picks.of(seed, roots, key));
      int cellRow = step.get("i").intValue() / Matmul.CELL;
      int cellColumn = step.get("j").intValue() / Matmul.CELL;
      long digest = check.digest(MatmulRound.ofKey(key), cellRow, cellColumn);
      assertThat(Long.toUnsignedString(digest)).isEqualTo(step.get("digest").asText());
    }
  }
}
