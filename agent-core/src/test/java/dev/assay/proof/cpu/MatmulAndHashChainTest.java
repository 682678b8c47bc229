package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.ProofVectors;
import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatmulAndHashChainTest {
  private static final Hash32 ONES = Hash32.ofHex("11".repeat(32));

  private final CpuProver prover = new CpuProver(3);
  private final Verifier verifier = new Verifier();

  static Stream<ProofVectors.Case> cases() {
    return Stream.concat(
        ProofVectors.cases(Matmul.class).stream(), ProofVectors.cases(HashChain.class).stream());
  }

  static Stream<ProofVectors.Case> forgeries() {
    return Stream.concat(
        ProofVectors.forgeries(Matmul.class).stream(),
        ProofVectors.forgeries(HashChain.class).stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProverMakesTheVectorsBitForBit(ProofVectors.Case c) throws Exception {
    assertThat(prover.commit(c.proof(), c.seed(), Progress.NONE).roots()).isEqualTo(c.roots());
    assertThat(prover.open(c.proof(), c.seed(), c.roots(), c.openingSeed(), Progress.NONE))
        .isEqualTo(c.opening());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theVectorsPass(ProofVectors.Case c) {
    assertThat(verify(c, c.opening())).isEqualTo(new Verdict.Pass());
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void theForgeriesFailForTheirReason(ProofVectors.Case c) {
    assertThat(verify(c, c.opening())).isEqualTo(new Verdict.Fail(c.fails()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everySingleByteChangeIsRejected(ProofVectors.Case c) {
    Random random = new Random(7);
    for (int t = 0; t < c.proof().checks(); t++) {
      List<OpenedChunk> check = c.opening().checks().get(t);
      for (int i = 0; i < check.size(); i++) {
        byte[] chunk = check.get(i).chunk();
        byte[] path = check.get(i).path();
        int total = chunk.length + path.length;
        for (int at = random.nextInt(5); at < total; at += 5) {
          byte[] changed = at < chunk.length ? chunk : path;
          int index = at < chunk.length ? at : at - chunk.length;
          byte flip = (byte) (1 + random.nextInt(255));
          changed[index] ^= flip;
          Opening opening = with(c.opening(), t, i, new OpenedChunk(chunk, path));
          assertThat(reason(verify(c, opening))).startsWith("check " + t).endsWith("path");
          changed[index] ^= flip;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everySingleByteChangeOfARootIsRejected(ProofVectors.Case c) {
    for (int r = 0; r < c.roots().size(); r++) {
      for (int at = 0; at < Hash32.BYTES; at++) {
        byte[] changed = c.roots().get(r).bytes();
        changed[at] ^= 1;
        List<Hash32> roots = new ArrayList<>(c.roots());
        roots.set(r, Hash32.of(changed));
        Verdict verdict = verifier.verify(c.proof(), c.seed(), roots, c.openingSeed(), c.opening());
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void openingsOfTheWrongShapeFailAndDoNotThrow(ProofVectors.Case c) {
    OpenedChunk first = c.opening().checks().get(0).get(0);
    byte[] longer = Arrays.copyOf(first.chunk(), 1025);
    byte[] longerPath = Arrays.copyOf(first.path(), first.path().length + Hash32.BYTES);
    List<Opening> wrong =
        List.of(
            new Opening(List.of()),
            with(c.opening(), 0, 0, new OpenedChunk(new byte[0], first.path())),
            with(c.opening(), 0, 0, new OpenedChunk(longer, first.path())),
            with(c.opening(), 0, 0, new OpenedChunk(first.chunk(), new byte[31])),
            with(c.opening(), 0, 0, new OpenedChunk(first.chunk(), longerPath)));
    for (Opening opening : wrong) {
      assertThat(verify(c, opening)).isInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void otherRootsThanTheWorksAreNotOpened() {
    Matmul proof = new Matmul(128, 1, 1);
    assertThatThrownBy(
            () -> prover.open(proof, new DeviceSeed(ONES), List.of(ONES), ONES, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP));
  }

  @Test
  void tilesOfEverySizeGiveTheSameProduct() throws Exception {
    Matmul proof = new Matmul(1152, 1, 1);
    DeviceSeed seed = new DeviceSeed(ONES);
    Commitment small = new CpuProver(16).commit(proof, seed, Progress.NONE);
    Commitment large = new CpuProver(2).commit(proof, seed, Progress.NONE);
    Commitment largest = new CpuProver(1).commit(proof, seed, Progress.NONE);
    assertThat(large).isEqualTo(small).isEqualTo(largest);
  }

  @Test
  void chainsSideBySideEndWhereTheyEndAlone() throws Exception {
    HashChain proof = new HashChain(300, 2, 5, 1);
    DeviceSeed seed = new DeviceSeed(ONES);
    Commitment sideBySide = new CpuProver(2).commit(proof, seed, Progress.NONE);
    Commitment alone = new CpuProver(3).commit(proof, seed, Progress.NONE);
    assertThat(sideBySide).isEqualTo(alone);
  }

  @Test
  void progressEndsAtTheTotal() throws Exception {
    List<String> told = new ArrayList<>();
    prover.commit(
        new HashChain(4, 5, 10, 1),
        new DeviceSeed(ONES),
        (done, all) -> told.add(done + "/" + all));
    assertThat(told.getLast()).isEqualTo("20/20");
    prover.commit(
        new Matmul(256, 3, 3), new DeviceSeed(ONES), (done, all) -> told.add(done + "/" + all));
    assertThat(told.getLast()).isEqualTo("12/12");
  }

  static Stream<Proof> longProofs() {
    return Stream.of(new Matmul(65536, 1, 1), new HashChain(3, 1, 1L << 26, 1));
  }

  @ParameterizedTest
  @MethodSource("longProofs")
  void anInterruptEndsItAndItsThreads(Proof proof) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                prover.commit(proof, new DeviceSeed(ONES), (done, all) -> started.countDown());
              } catch (InterruptedException | ProverException e) {
                ended.set(e);
              }
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("proof")) {
        assertThat(thread.join(Duration.ofSeconds(1))).as("a proof thread has ended").isTrue();
      }
    }
  }

  private Verdict verify(ProofVectors.Case c, Opening opening) {
    return verifier.verify(c.proof(), c.seed(), c.roots(), c.openingSeed(), opening);
  }

  private static String reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Fail.class);
    return ((Verdict.Fail) verdict).reason();
  }

  private static Opening with(Opening opening, int t, int i, OpenedChunk chunk) {
    List<List<OpenedChunk>> checks = new ArrayList<>(opening.checks());
    List<OpenedChunk> check = new ArrayList<>(checks.get(t));
    check.set(i, chunk);
    checks.set(t, check);
    return new Opening(checks);
  }
}
