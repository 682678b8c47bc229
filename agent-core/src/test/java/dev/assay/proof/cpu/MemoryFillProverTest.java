package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.PlainMemoryFill;
import dev.assay.proof.Progress;
import dev.assay.proof.ProofVectors;
import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.proof.cpu.FillRun.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryFillProverTest {
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));
  private static final Hash32 OPENING_SEED = Hash32.ofHex("c3".repeat(32));

  static Stream<ProofVectors.Case> vectors() {
    return ProofVectors.cases(MemoryFill.class).stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void commitsAndOpensAsTheVectorsSay(ProofVectors.Case vector) throws Exception {
    CpuProver prover = new CpuProver(2);

    assertThat(prover.commit(vector.proof(), vector.seed(), Progress.NONE).roots())
        .isEqualTo(vector.roots());
    assertThat(
            prover.open(
                vector.proof(), vector.seed(), vector.roots(), vector.openingSeed(), Progress.NONE))
        .isEqualTo(vector.opening());
  }

  /** Large enough that blocks are whole in a segment, cross segments, and end before the image. */
  @Test
  void anImageOfManyPartsIsTheSameAsThePlainWordsOfTheSpecification() throws Exception {
    MemoryFill proof = new MemoryFill(333L * 1024, 2, 32);
    int smallestParts = 12;

    List<Hash32> roots =
        new MemoryFillProver(proof, SEED, 3, new Memory(false, smallestParts), Progress.NONE)
            .commit()
            .roots();
    Opening opening =
        new MemoryFillProver(proof, SEED, 2, new Memory(false, smallestParts + 1), Progress.NONE)
            .open(roots, OPENING_SEED);

    assertThat(roots).isEqualTo(PlainMemoryFill.roots(proof, SEED));
    assertThat(new Verifier().verify(proof, SEED, roots, OPENING_SEED, opening))
        .isEqualTo(new Verdict.Pass());
  }

  @Test
  void anInterruptEndsItAndGivesTheMemoryBack() throws Exception {
    MemoryFill proof = new MemoryFill(1 << 22, 64, 64);
    CountDownLatch filled = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    long before = mappedBytes();
    Progress progress =
        (done, total) -> {
          if (done > 0) {
            filled.countDown();
          }
        };
    Thread caller =
        new Thread(
            () -> {
              try {
                new CpuProver(2).commit(proof, SEED, progress);
              } catch (Exception e) {
                end.set(e);
              }
            });

    caller.start();
    filled.await();
    caller.interrupt();
    caller.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(mappedBytes() - before).isLessThan(proof.arrayBytes() / 2);
  }

  @Test
  void progressReachesTheTotal() throws Exception {
    AtomicReference<String> last = new AtomicReference<>();

    new CpuProver(1)
        .commit(new MemoryFill(1024, 2, 2), SEED, (done, total) -> last.set(done + " of " + total));

    assertThat(last.get()).isEqualTo("192 of 192");
  }

  @Test
  void moreThanTheMachineHasIsRefusedBeforeAnyMemoryIsTaken() {
    MemoryFill proof = new MemoryFill(1L << 36, 1, 1);

    assertThatThrownBy(() -> new CpuProver().commit(proof, SEED, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
        .hasMessageContaining("memory-fill needs 4398046511104 bytes");
  }

  @Test
  void rootsThatTheWorkDoesNotLeadToAreNotOpened() {
    MemoryFill proof = new MemoryFill(1024, 1, 1);
    List<Hash32> foreign = List.of(OPENING_SEED, OPENING_SEED);

    assertThatThrownBy(
            () -> new CpuProver(1).open(proof, SEED, foreign, OPENING_SEED, Progress.NONE))
        .isInstanceOf(ProverException.class)
        .hasMessageContaining("other roots than the commitment");
  }

  /** All of this process, whether or not it was ever written. */
  private static long mappedBytes() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    return Files.exists(statm)
        ? 4096 * Long.parseLong(Files.readString(statm).split(" ", -1)[0])
        : 0;
  }
}
