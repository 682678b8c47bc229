package dev.assay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestIndexTest {
  @Test
  void findsEveryDigestItWasGivenAndNoOther() {
    DigestIndex index = new DigestIndex();
    Random random = new Random(1);
    byte[][] digests = new byte[20_000][32];
    for (int i = 0; i < digests.length; i++) {
      random.nextBytes(digests[i]);
      assertThat(index.put(digests[i], i)).isEqualTo(DigestIndex.ABSENT);
    }
    for (int i = 0; i < digests.length; i++) {
      assertThat(index.get(digests[i])).isEqualTo(i);
      digests[i][15] ^= 1;
      assertThat(index.get(digests[i])).isEqualTo(DigestIndex.ABSENT);
    }
  }

  @Test
  void aSecondNumberTakesThePlaceOfTheFirstWhichIsReturned() {
    DigestIndex index = new DigestIndex();
    byte[] digest = new byte[32];
    assertThat(index.put(digest, 3)).isEqualTo(DigestIndex.ABSENT);
    assertThat(index.put(digest, 4)).isEqualTo(3);
    assertThat(index.get(digest)).isEqualTo(4);
  }
}
