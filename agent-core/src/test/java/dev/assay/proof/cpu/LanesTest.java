package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proof.Compression;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every lane gives what the readable compression gives for its block alone, on either kernel. */
class LanesTest {
  private static final int PART_SHIFT = 12;
  private static final int LABEL_INTS = 16;

  private final Random random = new Random(11);
  private final Image image = new Image(1 << PART_SHIFT, PART_SHIFT);
  private Lanes lanes;

  @AfterEach
  void giveTheMemoryBack() {
    image.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void labelsAreTheWholeOutputUnderOneKey(boolean vectors) {
    start(vectors);
    int[] key = random.ints(8).toArray();
    int[][] blocks = fillMessages();
    long counter = 0x7_fffff000L;

    lanes.compressLabels(key, counter, 27);
    lanes.store(0, 1, Lanes.LANES);

    for (int lane = 0; lane < Lanes.LANES; lane++) {
      int[] out = new int[16];
      Compression.compress(key, blocks[lane], counter + 16L * lane, 64, 27, out);
      assertThat(label(lane, 1)).isEqualTo(out);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chunksAndTheirParentsAreChainedFromThePlainStart(boolean vectors) {
    start(vectors);
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someLanesAreMixedWithTheirParentsAndTheOthersLabelsStay(boolean vectors) {
    start(vectors);
    int[][] selves = fillMessages();
    int count = 37;
    int lane = 201;
    long[] parents = random.longs(3L * count, 0, 1 << PART_SHIFT).toArray();

    lanes.loadMixed(
        lane, 16L * lane, Arrays.stream(parents).map(label -> 64 * label).toArray(), count);
    int[][] mixed = new int[count][LABEL_INTS];
    for (int n = 0; n < count; n++) {
      for (int w = 0; w < LABEL_INTS; w++) {
        mixed[n][w] = selves[lane + n][w];
        for (int j = 0; j < 3; j++) {
          mixed[n][w] ^= label((int) (parents[3 * n + j] / 16), (int) (parents[3 * n + j] % 16))[w];
        }
      }
    }
    lanes.store(lane, 16L * lane + 2, count);

    for (int n = 0; n < count; n++) {
      assertThat(label(lane + n, 2)).isEqualTo(mixed[n]);
    }
    assertThat(label(lane - 1, 2)).containsOnly(0);
    assertThat(label(lane + count, 2)).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesOfZeroAreZero(boolean vectors) {
    start(vectors);
    fillMessages();
    lanes.zeroMessages();
    lanes.store(0, 0, Lanes.LANES);
    assertThat(label(0, 0)).containsOnly(0);
    assertThat(label(Lanes.LANES - 1, 0)).containsOnly(0);
  }

  private void start(boolean vectors) {
    if (vectors) {
      image.map();
    }
    image.allocatePart(0);
    LaneKernel kernel = LaneKernel.of(image);
    if (!vectors) {
      assertThat(kernel).isInstanceOf(PlainKernel.class);
    } else if (VectorModule.isThere()) {
      assertThat(kernel).isInstanceOf(VectorKernel.class);
    }
    lanes = new Lanes(kernel);
  }

  /** Sets label 0 of every lane's chunk, and its message. */
  private int[][] fillMessages() {
    int[][] blocks = new int[Lanes.LANES][];
    LongBuffer words = image.part(0);
    for (int lane = 0; lane < Lanes.LANES; lane++) {
      blocks[lane] = random.ints(LABEL_INTS).toArray();
      for (int pair = 0; pair < Image.LABEL_WORDS; pair++) {
        long low = Integer.toUnsignedLong(blocks[lane][2 * pair]);
        words.put(
            image.at(16L * lane) + pair, low | (long) blocks[lane][2 * pair + 1] << Integer.SIZE);
      }
    }
    lanes.load(0, 0, Lanes.LANES);
    return blocks;
  }

  private int[] label(int chunk, int j) {
    int[] words = new int[LABEL_INTS];
    for (int pair = 0; pair < Image.LABEL_WORDS; pair++) {
      long both = image.part(0).get(image.at(16L * chunk + j) + pair);
      words[2 * pair] = (int) both;
      words[2 * pair + 1] = (int) (both >>> Integer.SIZE);
    }
    return words;
  }

  private void assertChaining(int lane, int[] expected) {
    for (int w = 0; w < 8; w++) {
      assertThat(lanes.chaining(lane, w)).isEqualTo(expected[w]);
    }
  }
}
