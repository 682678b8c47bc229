package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proof.Compression;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every lane gives what the readable compression gives for its block alone. */
class LanesTest {
  private static final int PAIRS = 8;

  private final Random random = new Random(11);
  private final Lanes lanes = new Lanes();

  @Test
  void labelsAreTheWholeOutputUnderOneKey() {
    int[] key = words(8);
    int[][] blocks = fillMessages();
    long counter = 0x7_fffff000L;

    lanes.compressLabels(key, counter, 27);

    for (int lane = 0; lane < Lanes.LANES; lane++) {
      int[] out = new int[16];
      Compression.compress(key, blocks[lane], counter + 16L * lane, 64, 27, out);
      assertThat(message(lane)).isEqualTo(out);
    }
  }

  @Test
  void chunksAndTheirParentsAreChainedFromThePlainStart() {
    lanes.startChaining();
    int[][] first = fillMessages();
    lanes.compressChunks(512, Compression.CHUNK_START);
    int[][] second = fillMessages();
    lanes.compressChunks(512, Compression.CHUNK_END);

    int[][] values = new int[Lanes.LANES][16];
    for (int lane = 0; lane < Lanes.LANES; lane++) {
      int[] cv = new int[16];
      Compression.compress(
          Compression.iv(), first[lane], 512 + lane, 64, Compression.CHUNK_START, cv);
      Compression.compress(
          cv.clone(), second[lane], 512 + lane, 64, Compression.CHUNK_END, values[lane]);
      assertChaining(lane, values[lane]);
    }

    lanes.compressParents(Lanes.LANES);

    for (int lane = 0; lane < Lanes.LANES / 2; lane++) {
      int[] block = new int[16];
      System.arraycopy(values[2 * lane], 0, block, 0, 8);
      System.arraycopy(values[2 * lane + 1], 0, block, 8, 8);
      int[] out = new int[16];
      Compression.compress(Compression.iv(), block, 0, 64, Compression.PARENT, out);
      assertChaining(lane, out);
    }
  }

  @Test
  void messagesOfZeroAreZero() {
    fillMessages();
    lanes.zeroMessages();
    assertThat(message(0)).containsOnly(0);
    assertThat(message(Lanes.LANES - 1)).containsOnly(0);
  }

  private int[][] fillMessages() {
    int[][] blocks = new int[Lanes.LANES][];
    for (int lane = 0; lane < Lanes.LANES; lane++) {
      blocks[lane] = words(16);
      for (int pair = 0; pair < PAIRS; pair++) {
        long low = Integer.toUnsignedLong(blocks[lane][2 * pair]);
        lanes.message(lane, pair, low | (long) blocks[lane][2 * pair + 1] << 32);
      }
    }
    return blocks;
  }

  private int[] message(int lane) {
    int[] words = new int[16];
    for (int pair = 0; pair < PAIRS; pair++) {
      words[2 * pair] = (int) lanes.message(lane, pair);
      words[2 * pair + 1] = (int) (lanes.message(lane, pair) >>> 32);
    }
    return words;
  }

  private void assertChaining(int lane, int[] expected) {
    for (int w = 0; w < 8; w++) {
      assertThat(lanes.chaining(lane, w)).isEqualTo(expected[w]);
    }
  }

  private int[] words(int count) {
    return random.ints(count).toArray();
  }
}
