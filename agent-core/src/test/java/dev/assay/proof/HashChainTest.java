package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashChainTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 192, 2048})
  void theUsualProofGivesEveryThreadAboutAsMuchToDo(int threads) {
    HashChain proof = HashChain.usual(threads, 32);
    long stepsAThread = proof.steps() * proof.workers() * proof.segments() / threads;
    assertThat(stepsAThread).isBetween(8_000_000L, 8_400_000L);
    assertThat(proof.workers()).isGreaterThanOrEqualTo(threads);
  }
}
