package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryFillCheckTest {
  /**
   * What the verifier sees of it is that it was opened at places that this device's seed picks not.
   */
  private static final String ANOTHER_DEVICE = "another device's proof";

  static Stream<ProofVectors.Case> vectors() {
    return ProofVectors.cases(MemoryFill.class).stream();
  }

  static Stream<ProofVectors.Case> forgeries() {
    return ProofVectors.forgeries(MemoryFill.class).stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theVectorsPass(ProofVectors.Case c) {
    assertThat(verify(c, c.roots(), c.opening())).isEqualTo(new Verdict.Pass());
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void theForgeriesFailForTheirReason(ProofVectors.Case c) {
    String reason = c.fails().equals(ANOTHER_DEVICE) ? "check 0: path" : c.fails();

    assertThat(verify(c, c.roots(), c.opening())).isEqualTo(new Verdict.Fail(reason));
  }

  private static Verdict verify(ProofVectors.Case c, List<Hash32> roots, Opening opening) {
    return new Verifier().verify(c.proof(), c.seed(), roots, c.openingSeed(), opening);
  }
}
