package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProvenTest {
  @Test
  void creditsTheShareThatTheChecksShow() {
    Proven proven = Proven.of(new MemoryFill(1 << 20, 4, 16), 2000);
    // 20^(-1/16) = 0.82925027…
    assertThat(proven.bytes()).hasValue(55_650_044);
    assertThat(proven.bytesPerSecond()).hasValue(486_937_885);
    assertThat(proven.opsPerSecond()).isEmpty();
  }

  @Test
  void creditsMemoryFromThreePassesAndBandwidthFromFour() {
    assertThat(Proven.of(new MemoryFill(1024, 2, 2), 10).bytes()).isEmpty();
    Proven three = Proven.of(new MemoryFill(1024, 3, 3), 10);
    assertThat(three.bytes()).isPresent();
    assertThat(three.bytesPerSecond()).isEmpty();
    assertThat(Proven.of(new MemoryFill(1024, 4, 4), 10).bytesPerSecond()).isPresent();
  }

  @Test
  void severalProofsTogetherAreCreditedTheSmallestWithAllChecks() {
    Matmul matmul = new Matmul(1024, 1, 8);
    Proven together =
        Proven.together(List.of(new Proven.Passed(matmul, 1000), new Proven.Passed(matmul, 2000)));
    long smallest = 1L << 30; // 2·1024³ operations in 2 s
    assertThat(together.opsPerSecond())
        .isEqualTo(OptionalLong.of((long) (smallest * Math.pow(20, -1.0 / 16))));
  }

  @Test
  void noTimeMeansNoRate() {
    assertThat(Proven.of(new HashChain(1, 1, 1, 1), 0).hashesPerSecond()).isEmpty();
  }
}
