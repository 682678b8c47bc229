package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.hardware.Component;
import dev.assay.hardware.Datasheets;
import dev.assay.hardware.Device;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GpuSizingTest {
  private static final Device H100 = gpu("NVIDIA H100 80GB HBM3", 132, 84_000_000_000L);
  private static final Device STRANGER = gpu("NVIDIA Something", 40, 15_000_000_000L);
  private static final Sizing SIZING =
      new Sizing(
          5,
          250,
          model ->
              model.equals(H100.model())
                  ? new Datasheets.Sheet(
                      OptionalLong.of(3_350_000_000_000L), OptionalLong.of(1_979_000_000_000_000L))
                  : Datasheets.Sheet.UNKNOWN);

  @Test
  void allButATwentiethOfTheFreeMemoryIsFilledSixteenTimes() {
    MemoryFill proof = SIZING.memoryFill(H100, OptionalDouble.empty());

    assertThat(proof.arrayBytes()).isBetween(79_800_000_000L, 79_800_065_536L);
    assertThat(proof.passes()).isEqualTo(16);
    assertThat(proof.checks()).isEqualTo(16);
  }

  @Test
  void aSmallCardKeepsWhatItsDriverNeedsToStart() {
    MemoryFill proof =
        SIZING.memoryFill(gpu("NVIDIA Something", 14, 4L << 30), OptionalDouble.empty());

    assertThat((4L << 30) - proof.arrayBytes()).isEqualTo(384 << 20);
  }

  /** 0.5 s + round trip + 1.5 · (320·L + 64)·N / (0.65·B), proofs.md §2. */
  @Test
  void theDeadlineOfMemoryFillFollowsTheDatasheet() {
    MemoryFill proof = SIZING.memoryFill(H100, OptionalDouble.empty());
    double seconds = 1.5 * (320.0 * 16 + 64) * proof.labels() / (0.65 * 3.35e12);

    assertThat(SIZING.deadlineMs(proof, H100, OptionalDouble.empty()))
        .isEqualTo(750 + (long) Math.ceil(1000 * seconds));
    assertThat(SIZING.deadlineMs(proof, H100, OptionalDouble.of(1)))
        .as("a calibration does not move it")
        .isEqualTo(750 + (long) Math.ceil(1000 * seconds));
  }

  @Test
  void aMatmulTakesAboutTheTimeThatIsAskedFor() {
    Matmul proof = SIZING.matmul(H100, OptionalDouble.empty());

    assertThat(Sizing.work(proof) / 1e15).isBetween(2.5, 5.0);
    assertThat(proof.checks() % proof.rounds()).isZero();
    assertThat(SIZING.deadlineMs(proof, H100, OptionalDouble.empty())).isBetween(10_000L, 30_000L);
  }

  @Test
  void aModelThatNobodyKnowsIsAskedForLittleAndGivenTime() {
    Matmul product = SIZING.matmul(STRANGER, OptionalDouble.empty());
    MemoryFill fill = SIZING.memoryFill(STRANGER, OptionalDouble.empty());

    assertThat(Sizing.work(product)).isBetween(1e12, 1.6e12);
    assertThat(SIZING.deadlineMs(product, STRANGER, OptionalDouble.empty()))
        .isBetween(1500L, 2000L);
    assertThat(SIZING.deadlineMs(fill, STRANGER, OptionalDouble.empty()))
        .isBetween(80_000L, 100_000L);
  }

  @Test
  void aCalibratedClassIsAskedForWhatItReached() {
    Matmul proof = SIZING.matmul(STRANGER, OptionalDouble.of(1e14));

    assertThat(Sizing.work(proof)).isBetween(2.5e14, 5e14);
    assertThat(SIZING.deadlineMs(proof, STRANGER, OptionalDouble.of(1e14)))
        .isEqualTo(750 + (long) Math.ceil(1500 * Sizing.work(proof) / 1e14));
  }

  private static Device gpu(String model, int cores, long free) {
    return new Device("cuda:0", Component.Kind.GPU, model, cores, cores * 2048, 50 << 20, free);
  }
}
