package dev.assay.audit;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A map from 32-byte digests and nonces to numbers, 40 bytes an entry plus the empty half: what the
 * auditor must remember of every proof to see that none is answered twice.
 */
final class DigestIndex {
  /** What {@link #get} returns for a digest that was never put. */
  static final long ABSENT = -1;

  private static final int WORDS = 5;
  private static final int VALUE = 4;

  private long[] slots = new long[WORDS * 1024];
  private int size;

  DigestIndex() {
    clear(slots);
  }

  long get(byte[] digest) {
    long[] words = words(digest);
    return slots[find(slots, words) + VALUE];
  }

  /** Puts a number that is not negative, and returns what was there before, or {@link #ABSENT}. */
  long put(byte[] digest, long number) {
    long[] words = words(digest);
    int at = find(slots, words);
    long before = slots[at + VALUE];
    store(slots, at, words, number);
    if (before == ABSENT && 2 * ++size > slots.length / WORDS) {
      grow();
    }
    return before;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    clear(larger);
    for (int at = 0; at < slots.length; at += WORDS) {
      if (slots[at + VALUE] != ABSENT) {
        long[] words = Arrays.copyOfRange(slots, at, at + VALUE);
        store(larger, find(larger, words), words, slots[at + VALUE]);
      }
    }
    slots = larger;
  }

  /** The slot that holds these words, or the empty one where they belong. */
  private static int find(long[] slots, long[] words) {
    int count = slots.length / WORDS;
    int at = (int) Math.floorMod(words[0], (long) count) * WORDS;
    while (slots[at + VALUE] != ABSENT && !Arrays.equals(slots, at, at + VALUE, words, 0, VALUE)) {
      at = (at + WORDS) % slots.length;
    }
    return at;
  }

  private static void store(long[] slots, int at, long[] words, long number) {
    System.arraycopy(words, 0, slots, at, VALUE);
    slots[at + VALUE] = number;
  }

  private static void clear(long[] slots) {
    for (int at = VALUE; at < slots.length; at += WORDS) {
      slots[at] = ABSENT;
    }
  }

  private static long[] words(byte[] digest) {
    LongBuffer buffer = ByteBuffer.wrap(digest).asLongBuffer();
    if (buffer.remaining() != VALUE) {
      throw new IllegalArgumentException("a digest has 32 bytes, this has " + digest.length);
    }
    long[] words = new long[VALUE];
    buffer.get(words);
    return words;
  }
}
