package dev.assay.audit;

import java.nio.ByteBuffer;

/**
 * A map from 32-byte digests to numbers, by the first 16 bytes of each: 24 bytes an entry plus the
 * empty slots. It is what the auditor must remember of every proof to see that none is answered
 * twice. Two digests that begin with the same 16 bytes take 2⁶⁴ trials to find, and would only make
 * the audit fail.
 */
final class DigestIndex {
  /** What {@link #get} returns for a digest that was never put. */
  static final long ABSENT = -1;

  private static final int DIGEST_BYTES = 32;
  private static final int WORDS = 3;
  private static final int VALUE = 2;

  private long[] slots = emptySlots(1024);
  private int size;

  long get(byte[] digest) {
    ByteBuffer words = words(digest);
    return slots[find(slots, words.getLong(0), words.getLong(Long.BYTES)) + VALUE];
  }

  /** Puts a number that is not negative, and returns what was there before, or {@link #ABSENT}. */
  long put(byte[] digest, long number) {
    ByteBuffer words = words(digest);
    long before = put(slots, words.getLong(0), words.getLong(Long.BYTES), number);
    if (before == ABSENT && ++size > slots.length / WORDS / 4 * 3) {
      grow();
    }
    return before;
  }

  private void grow() {
    long[] larger = emptySlots(2 * (slots.length / WORDS));
    for (int at = 0; at < slots.length; at += WORDS) {
      if (slots[at + VALUE] != ABSENT) {
        put(larger, slots[at], slots[at + 1], slots[at + VALUE]);
      }
    }
    slots = larger;
  }

  private static long put(long[] slots, long first, long second, long number) {
    int at = find(slots, first, second);
    long before = slots[at + VALUE];
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + VALUE] = number;
    return before;
  }

  /** The slot that holds these words, or the empty one where they belong. */
  private static int find(long[] slots, long first, long second) {
    int at = Math.floorMod(first, slots.length / WORDS) * WORDS;
    while (slots[at + VALUE] != ABSENT && (slots[at] != first || slots[at + 1] != second)) {
      at = (at + WORDS) % slots.length;
    }
    return at;
  }

  private static long[] emptySlots(int count) {
    long[] slots = new long[WORDS * count];
    for (int at = VALUE; at < slots.length; at += WORDS) {
      slots[at] = ABSENT;
    }
    return slots;
  }

  private static ByteBuffer words(byte[] digest) {
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes, this has " + digest.length);
    }
    return ByteBuffer.wrap(digest);
  }
}
