package dev.assay.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonException;
import dev.assay.proof.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofFileTest {
  @Test
  void everyCaseOfTheVectorsPasses() throws IOException {
    List<ProofFile.Result> results = check(vectors());

    assertThat(results).hasSize(9);
    assertThat(results).extracting(ProofFile.Result::verdict).containsOnly(new Verdict.Pass());
    assertThat(results.get(2).name()).isEqualTo("case 2 (matmul/128/1/s8/3)");
  }

  @Test
  void everyForgeryFailsAtTheCheckThatItsReasonNames() throws IOException {
    JsonNode forgeries = vectors().get("forgeries");
    ObjectNode file = new ObjectMapper().createObjectNode();
    file.set("cases", forgeries);

    List<ProofFile.Result> results = check(file);

    assertThat(results)
        .extracting(ProofFile.Result::verdict)
        .containsExactly(
            new Verdict.Fail("check 0: pass 0"),
            new Verdict.Fail("check 1: cell"),
            new Verdict.Fail("check 0: segment"),
            new Verdict.Fail("check 0: path"),
            new Verdict.Fail("check 0: path"));
  }

  @Test
  void anInBetweenValueThatIsNotTheCasesOwnFails() throws IOException {
    ObjectNode file = vectors();
    ((ObjectNode) file.get("cases").get(0)).put("q0", "7");

    assertThat(check(file).get(0).verdict())
        .isEqualTo(new Verdict.Fail("q0: expected 7917084542699142373, found 7"));
  }

  @Test
  void parametersOutsideTheSpecificationFailTheirCaseAlone() throws IOException {
    ObjectNode file = vectors();
    ((ObjectNode) file.get("cases").get(0).get("proof")).put("labels", 1000);

    List<ProofFile.Result> results = check(file);

    assertThat(results.get(0).verdict())
        .isEqualTo(
            new Verdict.Fail("memory-fill: labels must be from 1024 to 68719476736, not 1000"));
    assertThat(results.get(1).verdict()).isEqualTo(new Verdict.Pass());
  }

  @Test
  void whatIsNoSuchFileIsRefusedWithItsPlace() throws IOException {
    ObjectNode file = vectors();
    ((ArrayNode) file.get("cases").get(1).get("roots")).set(2, "xyz");

    assertThatThrownBy(() -> check(file))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("roots: expected hexadecimal digits");
    assertThatThrownBy(() -> ProofFile.check(new byte[] {'{', '}'}, "proofs.json"))
        .hasMessage("proofs.json.cases: missing");
    assertThatThrownBy(() -> ProofFile.check("{\"cases\":[]}".getBytes(US_ASCII), "proofs.json"))
        .hasMessage("proofs.json.cases: expected one case at least");
  }

  private static List<ProofFile.Result> check(JsonNode file) throws IOException {
    return ProofFile.check(new ObjectMapper().writeValueAsBytes(file), "proofs.json");
  }

  private static ObjectNode vectors() throws IOException {
    try (InputStream in = ProofFileTest.class.getResourceAsStream("/vectors/proofs-v1.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    }
  }
}
