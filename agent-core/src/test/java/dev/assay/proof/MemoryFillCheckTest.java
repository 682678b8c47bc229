package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryFillCheckTest {
  /**
   * What the verifier sees of it is that it was opened at places that this device's seed picks not.
   */
  private static final String ANOTHER_DEVICE = "another device's proof";

  private static final List<String> PATHS =
      List.of(": path", " self path", " parent 1 path", " parent 2 path", " parent 3 path");

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

  @ParameterizedTest
  @MethodSource("vectors")
  void everySingleByteChangeOfAnOpeningIsRejected(ProofVectors.Case c) {
    Random random = new Random(5);
    for (int t = 0; t < c.proof().checks(); t++) {
      for (int n = 0; n < c.proof().chunksPerCheck(); n++) {
        byte[] chunk = c.opening().checks().get(t).get(n).chunk();
        byte[] path = c.opening().checks().get(t).get(n).path();
        for (int at = random.nextInt(9); at < chunk.length + path.length; at += 9) {
          byte[] changed = at < chunk.length ? chunk : path;
          int index = at < chunk.length ? at : at - chunk.length;
          byte flip = (byte) (1 + random.nextInt(255));
          changed[index] ^= flip;
          Verdict verdict = verify(c, c.roots(), with(c.opening(), t, n, chunk, path));
          assertThat(verdict).isEqualTo(new Verdict.Fail("check " + t + PATHS.get(n)));
          changed[index] ^= flip;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everySingleByteChangeOfRootsAndSeedsIsRejected(ProofVectors.Case c) {
    for (int at = 0; at < Hash32.BYTES; at++) {
      for (int r = 0; r < c.roots().size(); r++) {
        List<Hash32> roots = new ArrayList<>(c.roots());
        roots.set(r, changed(roots.get(r), at));
        assertThat(verify(c, roots, c.opening())).isInstanceOf(Verdict.Fail.class);
      }
      DeviceSeed seed = new DeviceSeed(changed(c.seed().value(), at));
      Hash32 openingSeed = changed(c.openingSeed(), at);
      Verifier verifier = new Verifier();
      assertThat(verifier.verify(c.proof(), seed, c.roots(), c.openingSeed(), c.opening()))
          .isInstanceOf(Verdict.Fail.class);
      assertThat(verifier.verify(c.proof(), c.seed(), c.roots(), openingSeed, c.opening()))
          .isInstanceOf(Verdict.Fail.class);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatHasTheWrongShapeFailsAndNamesIt(ProofVectors.Case c) {
    OpenedChunk first = c.opening().checks().get(0).get(0);
    List<Hash32> roots = c.roots().subList(1, c.roots().size());
    List<List<OpenedChunk>> checks = new ArrayList<>(c.opening().checks());
    checks.set(0, checks.get(0).subList(0, 4));

    assertThat(verify(c, roots, c.opening()).toString()).contains("roots: expected ");
    assertThat(verify(c, c.roots(), new Opening(List.of())).toString())
        .contains("openings: expected ");
    assertThat(verify(c, c.roots(), new Opening(checks)))
        .isEqualTo(new Verdict.Fail("check 0: expected 5 chunks, found 4"));
    for (int length : new int[] {0, 1, 31, 33, 1023, 1025, 1 << 16}) {
      byte[] bytes = new byte[length];
      assertThat(verify(c, c.roots(), with(c.opening(), 0, 0, bytes, first.path())))
          .isEqualTo(new Verdict.Fail("check 0: path"));
      assertThat(verify(c, c.roots(), with(c.opening(), 0, 0, first.chunk(), bytes)))
          .isEqualTo(new Verdict.Fail("check 0: path"));
    }
  }

  @Test
  void stepsAtTheEndsOfTheRanges() {
    for (JsonNode step : ProofVectors.steps("label")) {
      MemoryFill proof = new MemoryFill(step.get("labels").longValue(), 1, 1);
      FillKey key = FillKey.of(ProofVectors.hash(step.get("key")));
      long i = step.get("i").longValue();
      byte[] mixed = HexFormat.of().parseHex(step.get("self").textValue());
      byte[] self = mixed.clone();
      for (int j = 1; j <= 3; j++) {
        long words = Words.getLong(self, 8 * (j - 1));
        assertThat(key.parent(proof, i, j, words))
            .isEqualTo(step.get("parents").get(j - 1).longValue());
        byte[] parent = HexFormat.of().parseHex(step.get("parentLabels").get(j - 1).textValue());
        for (int n = 0; n < mixed.length; n++) {
          mixed[n] ^= parent[n];
        }
      }
      assertThat(HexFormat.of().formatHex(key.label(i, mixed)))
          .isEqualTo(step.get("label").textValue());
    }
    for (JsonNode step : ProofVectors.steps("label0")) {
      FillKey key = FillKey.of(ProofVectors.hash(step.get("key0")));
      assertThat(HexFormat.of().formatHex(key.label(step.get("i").longValue(), new byte[64])))
          .isEqualTo(step.get("label").textValue());
    }
  }

  private static Opening with(Opening opening, int t, int n, byte[] chunk, byte[] path) {
    List<List<OpenedChunk>> checks = new ArrayList<>(opening.checks());
    List<OpenedChunk> check = new ArrayList<>(checks.get(t));
    check.set(n, new OpenedChunk(chunk, path));
    checks.set(t, check);
    return new Opening(checks);
  }

  private static Hash32 changed(Hash32 hash, int at) {
    byte[] bytes = hash.bytes();
    bytes[at] ^= 0x10;
    return Hash32.of(bytes);
  }

  private static Verdict verify(ProofVectors.Case c, List<Hash32> roots, Opening opening) {
    return new Verifier().verify(c.proof(), c.seed(), roots, c.openingSeed(), opening);
  }
}
