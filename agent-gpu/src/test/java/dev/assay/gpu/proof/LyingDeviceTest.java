package dev.assay.gpu.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.assay.gpu.emulator.Emulator;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.ProverException;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Devices that lie, scaled down, each with the check that catches it. Time is the challenger's, and
 * the deadline that of a device with the claimed bandwidth (proofs.md §2), without its half second
 * for the network, which would hide what is so small.
 */
class LyingDeviceTest {
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));
  private static final MemoryFill TIMED = new MemoryFill(8192, 4, 16);
  private static final double CLAIMED = 0.02e9;
  private static final String BANDWIDTH = "mem=4M;bw=0.02";

  @AfterEach
  void honestAgain() {
    Emulator.configure("mem=64M");
  }

  /** The lie: ten times the memory there is. The check: the tree, since parts overwrite others. */
  @Test
  void memoryThatIsTheSameAgainFailsTheTree() throws Exception {
    Emulator.configure("mem=4M;backing=400K");
    MemoryFill proof = new MemoryFill(60 * 1024, 3, 15);

    assertThat(caught(proof, opening(1)))
        .satisfiesAnyOf(
            why -> assertThat(why).contains("other roots than the commitment"),
            why -> assertThat(why).matches("check \\d+.*(path|pass 0|label)"));
  }

  /** The lie: two thirds of the memory are behind a slow bus. The check: the deadline. */
  @Test
  void memoryBehindTheBusMissesTheDeadline() throws Exception {
    Emulator.configure(BANDWIDTH);
    assertThat(witnessed(0)).isLessThan(deadline());

    Emulator.configure(BANDWIDTH + ";slow_after=200K;slow_bw=0.005");
    assertThat(witnessed(0)).isGreaterThan(deadline());
  }

  /** The lie: events that run a hundred times too fast. The check: nobody looks at them. */
  @Test
  void eventsThatRunTooFastMakeNothingFaster() throws Exception {
    Emulator.configure(BANDWIDTH + ";event_scale=0.01;slow_after=200K;slow_bw=0.005");

    assertThat(witnessed(0)).isGreaterThan(deadline());
  }

  /** The lie: one device under two numbers. The check: intervals that overlap, and the deadline. */
  @Test
  void oneDeviceUnderTwoNumbersIsTooSlowForBothAtOnce() throws Exception {
    Emulator.configure("devices=2;same_device=1;" + BANDWIDTH);
    assertThat(witnessed(0)).isLessThan(deadline());

    FutureTask<Duration> other = new FutureTask<>(() -> witnessed(1));
    Thread.ofPlatform().start(other);
    Duration own = witnessed(0);

    assertThat(own).isGreaterThan(deadline());
    assertThat(other.get()).isGreaterThan(deadline());
  }

  /** The lie: wrong results in a share of blocks, the same each time. The check: the label. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1})
  void wrongLabelsAreFoundAsOftenAsTheSpecificationSays(double share) throws Exception {
    MemoryFill proof = new MemoryFill(16 * 1024, 4, 64);
    List<String> reasons = new ArrayList<>();
    int seeds = 12;
    for (int seed = 0; seed < seeds; seed++) {
      reasons.add(caughtThoughConsistent(share, proof, opening(seed)));
    }

    // Found with probability 1 - (1 - share)^64: 47 % of the time at 1 %, always at 10 %.
    long found = reasons.stream().filter(reason -> !reason.isEmpty()).count();
    assertThat(found).isGreaterThanOrEqualTo(share < 0.05 ? 2 : seeds - 1);
    assertThat(reasons)
        .filteredOn(reason -> !reason.isEmpty())
        .allSatisfy(reason -> assertThat(reason).matches("check \\d+(: label|.*pass 0)"));
  }

  /** The same lie in a product. The check: the cell. */
  @Test
  void wrongProductsAreFound() throws Exception {
    Matmul proof = new Matmul(1024, 1, 64);
    Emulator.configure("mem=64M;cc=7.0;wrong=0.1");

    assertThat(caughtThoughConsistent(0.1, proof, opening(1))).matches("check \\d+: cell");
  }

  /** Wrong results that differ each time: the node itself finds a faulty machine, no fraud. */
  @Test
  void resultsThatDifferEachTimeAreAFaultOfTheMachine() throws Exception {
    Emulator.configure("mem=64M;wrong=0.1");

    assertThat(caught(new MemoryFill(16 * 1024, 1, 4), opening(1)))
        .contains("other roots than the commitment", "faulty");
  }

  /** What is wrong with the device's proof, empty if nothing is. */
  private static String caught(Proof proof, Hash32 openingSeed) throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));
    List<Hash32> roots = prover.commit(proof, SEED, Progress.NONE).roots();
    Throwable[] fault = new Throwable[1];
    Opening[] opening = new Opening[1];
    fault[0] =
        catchThrowable(
            () -> opening[0] = prover.open(proof, SEED, roots, openingSeed, Progress.NONE));
    return fault[0] instanceof ProverException e
        ? e.getMessage()
        : verdict(proof, roots, openingSeed, opening[0]);
  }

  /** As {@link #caught}, where the opening's work goes wrong just as the commitment's did. */
  private static String caughtThoughConsistent(double share, Proof proof, Hash32 openingSeed)
      throws Exception {
    String settings = "mem=64M;cc=7.0;wrong=" + share;
    Emulator.configure(settings);
    List<Hash32> roots =
        new CudaProver(Emulator.device(0)).commit(proof, SEED, Progress.NONE).roots();
    Emulator.configure(settings);
    Opening opening =
        new CudaProver(Emulator.device(0)).open(proof, SEED, roots, openingSeed, Progress.NONE);
    return verdict(proof, roots, openingSeed, opening);
  }

  private static String verdict(
      Proof proof, List<Hash32> roots, Hash32 openingSeed, Opening opening) {
    return switch (new Verifier().verify(proof, SEED, roots, openingSeed, opening)) {
      case Verdict.Pass pass -> "";
      case Verdict.Fail fail -> fail.reason();
    };
  }

  /** By the clock of the one who waits. */
  private static Duration witnessed(int ordinal) throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(ordinal));
    long sent = System.nanoTime();
    assertThat(prover.commit(TIMED, SEED, Progress.NONE).roots()).hasSize(TIMED.rootCount());
    return Duration.ofNanos(System.nanoTime() - sent);
  }

  private static Duration deadline() {
    double seconds = 1.5 * (320.0 * TIMED.passes() + 64) * TIMED.labels() / (0.65 * CLAIMED);
    return Duration.ofNanos((long) (1e9 * seconds));
  }

  private static Hash32 opening(int seed) {
    byte[] bytes = new byte[Hash32.BYTES];
    bytes[0] = (byte) seed;
    return Hash32.of(bytes);
  }
}
