package dev.assay.gpu.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.MemoryInfo;
import dev.assay.gpu.emulator.Emulator;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillOpening;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.ProofVectors;
import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.proof.cpu.CpuProver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An honest device's proofs, bit for bit. */
class CudaProverTest {
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));
  private static final Hash32 OPENING_SEED = Hash32.ofHex("c3".repeat(32));

  @BeforeEach
  void honest() {
    Emulator.configure("mem=64M");
  }

  static Stream<ProofVectors.Case> vectors() {
    return Stream.concat(
            ProofVectors.cases(MemoryFill.class).stream(),
            ProofVectors.cases(Matmul.class).stream())
        .filter(vector -> vector.proof().arrayBytes() <= 4 << 20);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void commitsAndOpensAsTheVectorsSay(ProofVectors.Case vector) throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThat(prover.commit(vector.proof(), vector.seed(), Progress.NONE).roots())
        .isEqualTo(vector.roots());
    assertThat(
            prover.open(
                vector.proof(), vector.seed(), vector.roots(), vector.openingSeed(), Progress.NONE))
        .isEqualTo(vector.opening());
  }

  static Stream<Proof> proofs() {
    return Stream.of(
        // One block of chunks; whole blocks; blocks across segments and a ragged last one.
        new MemoryFill(4096, 3, 12),
        new MemoryFill(8192, 2, 8),
        new MemoryFill(9 * 1024, 4, 16),
        // Less than a tile, half a tile over, several tiles.
        new Matmul(128, 2, 4),
        new Matmul(384, 1, 8),
        new Matmul(512, 2, 8));
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void isTheSameAsOnProcessors(Proof proof) throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));
    CpuProver processors = new CpuProver(2);

    Commitment commitment = prover.commit(proof, SEED, Progress.NONE);
    Opening opening = prover.open(proof, SEED, commitment.roots(), OPENING_SEED, Progress.NONE);

    assertThat(commitment).isEqualTo(processors.commit(proof, SEED, Progress.NONE));
    assertThat(opening)
        .isEqualTo(processors.open(proof, SEED, commitment.roots(), OPENING_SEED, Progress.NONE));
    assertThat(new Verifier().verify(proof, SEED, commitment.roots(), OPENING_SEED, opening))
        .isEqualTo(new Verdict.Pass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.0", "7.5", "8.0", "9.0", "12.0"})
  void everyGenerationGivesTheSame(String capability) throws Exception {
    Emulator.configure("mem=64M;cc=" + capability);
    Matmul proof = new Matmul(256, 1, 4);

    assertThat(new CudaProver(Emulator.device(0)).commit(proof, SEED, Progress.NONE))
        .isEqualTo(new CpuProver(2).commit(proof, SEED, Progress.NONE));
  }

  /** Groups of two, so that a small image has as many layers as a large one with usual groups. */
  @Test
  void aTreeOfManyLayersIsTheSame() throws Exception {
    MemoryFill proof = new MemoryFill(37 * 1024, 1, 16);
    List<Hash32> roots = new ArrayList<>();
    CudaDevice device = Emulator.device(0);

    List<Hash32> expected = new CpuProver(2).commit(proof, SEED, Progress.NONE).roots();
    var opening = new FillOpening(proof, SEED, expected, OPENING_SEED);
    device.use(
        context -> {
          new FillRun(context, proof, new DeviceTree.Shape(1, 2), new Steps(Progress.NONE))
              .run(
                  SEED,
                  (pass, image) -> {
                    roots.add(image.root());
                    opening.accept(pass, image);
                  });
          return null;
        });

    assertThat(roots).isEqualTo(expected);
    assertThat(new Verifier().verify(proof, SEED, roots, OPENING_SEED, opening.opening()))
        .isEqualTo(new Verdict.Pass());
  }

  /** Bands of 128, 128, 256 and 128 rows, as they double and begin at multiples of themselves. */
  @Test
  void aProductInBandsIsTheSame() throws Exception {
    Matmul proof = new Matmul(640, 1, 1);
    CudaDevice device = Emulator.device(0);

    Hash32 root =
        device.use(
            context ->
                new ProductRun(context, proof, new Steps(Progress.NONE), 1)
                    .digest(MatmulRound.first(SEED), 0)
                    .root());

    assertThat(root)
        .isEqualTo(new CpuProver(2).commit(proof, SEED, Progress.NONE).roots().getFirst());
  }

  @Test
  void memoryIsGivenBack() throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));
    MemoryInfo before = prover.cuda().use(context -> context.memory());

    prover.commit(new MemoryFill(1 << 15, 1, 4), SEED, Progress.NONE);

    assertThat(prover.cuda().<MemoryInfo, RuntimeException>use(context -> context.memory()))
        .isEqualTo(before);
  }

  @Test
  void progressGoesFromTheBeginningToTheEndOnTheCallersThread() throws Exception {
    List<Long> seen = new ArrayList<>();
    Thread caller = Thread.currentThread();

    new CudaProver(Emulator.device(0))
        .commit(
            new MemoryFill(1 << 16, 2, 4),
            SEED,
            (done, total) -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              assertThat(done).isLessThan(total);
              seen.add(done);
            });

    assertThat(seen).isSorted().hasSizeGreaterThan(2);
  }

  @Test
  void aHashChainIsRefusedInASentence() throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));
    HashChain proof = HashChain.usual(2, 4);

    assertThat(prover.refuses(proof))
        .contains(
            "hash-chain measures processors and cuda:0 is a GPU: ask cpu:0 for it, and this device"
                + " for memory-fill or matmul");
    assertThat(prover.refuses(new Matmul(128, 1, 1))).isEmpty();
    assertThatThrownBy(() -> prover.commit(proof, SEED, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP));
  }

  @Test
  void otherRootsThanItsOwnAreNotOpened() throws Exception {
    CudaProver prover = new CudaProver(Emulator.device(0));
    MemoryFill proof = new MemoryFill(1024, 1, 1);
    List<Hash32> roots = List.of(OPENING_SEED, OPENING_SEED);

    assertThatThrownBy(() -> prover.open(proof, SEED, roots, OPENING_SEED, Progress.NONE))
        .isInstanceOf(ProverException.class)
        .hasMessageContaining("other roots than the commitment");
  }
}
