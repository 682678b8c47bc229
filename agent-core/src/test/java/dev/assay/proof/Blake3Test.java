package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Blake3Test {
  private static final Hash32 KEY =
      Hash32.of("whats the Elvish word for friend".getBytes(StandardCharsets.US_ASCII));
  private static final String CONTEXT = "BLAKE3 2019-12-27 16:29:52 test vectors context";

  /** Lines of a length and the three modes' 131 bytes of output, made by b3sum. */
  static Stream<String> vectors() throws IOException {
    try (InputStream in = Blake3Test.class.getResourceAsStream("/vectors/blake3.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void allModesGiveWhatB3sumGives(String line) {
    String[] fields = line.split(" ", -1);
    byte[] input = pattern(Integer.parseInt(fields[0]));

    assertThat(hex(Blake3.hash(input, 0, 131))).isEqualTo(fields[1]);
    assertThat(hex(Blake3.keyedHash(KEY, input, 0, 131))).isEqualTo(fields[2]);
    assertThat(hex(Blake3.deriveKey(CONTEXT, input, 0, 131))).isEqualTo(fields[3]);
    assertThat(Blake3.hash(input).hex()).isEqualTo(fields[1].substring(0, 64));
  }

  @Test
  void extendedOutputCanBeReadFromAnywhere() {
    byte[] input = pattern(1500);
    byte[] whole = Blake3.hash(input, 0, 300);
    for (int from = 0; from < 200; from += 7) {
      assertThat(Blake3.hash(input, from, 99))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + 99));
    }
  }

  @Test
  void everyChunkOfAnArrayIsProvenByItsPathAndNoOtherIs() {
    Random random = new Random(3);
    for (int length : new int[] {0, 1, 1023, 1024, 1025, 2048, 5000, 7 * 1024, 33 * 1024 + 5}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      CommittedArray array = new CommittedArray(bytes);
      assertThat(array.root()).isEqualTo(Blake3.hash(bytes));
      long chunks = ChunkTree.chunks(length);
      for (int chunk = 0; chunk < chunks; chunk++) {
        OpenedChunk opened = array.open(chunk);
        assertThat(opened.path()).hasSize(32 * ChunkTree.depth(chunks, chunk));
        assertThat(ChunkTree.proves(array.root(), length, chunk, opened)).isTrue();
        if (chunks > 1) {
          long other = (chunk + 1) % chunks;
          assertThat(ChunkTree.proves(array.root(), length, other, opened)).isFalse();
        }
      }
    }
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
