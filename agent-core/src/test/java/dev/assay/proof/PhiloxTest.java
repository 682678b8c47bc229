package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  private final Philox lanes = new Philox(4);

  /** The known answers that Random123 publishes. */
  @Test
  void givesTheKnownAnswers() {
    assertThat(first(new int[4], 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(first(new int[] {-1, -1, -1, -1}, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
    assertThat(first(pi, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void eachLaneRunsOnTheNextFirstCounterWord() {
    int[] alone = first(new int[] {9, 2, 3, 4}, 5, 6);
    lanes.run(4, new int[] {6, 2, 3, 4}, 5, 6);
    assertThat(words(3)).isEqualTo(alone);
  }

  @Test
  void bytesAreSignedAndLittleEndian() {
    lanes.run(1, new int[4], 0, 0);
    int[] out = new int[Philox.BYTES];
    for (int index = 0; index < Philox.BYTES; index++) {
      lanes.signedBytes(index, 1, out, index);
    }
    assertThat(out).startsWith((byte) 0xd5, (byte) 0xe8, 0x27, 0x66, (byte) 0x8d);
  }

  private int[] first(int[] counter, int key0, int key1) {
    lanes.run(1, counter, key0, key1);
    return words(0);
  }

  private int[] words(int lane) {
    return new int[] {
      lanes.word(lane, 0), lanes.word(lane, 1), lanes.word(lane, 2), lanes.word(lane, 3)
    };
  }
}
