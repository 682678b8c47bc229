package dev.assay.proof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words in byte arrays. */
final class Words {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static int get(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static long getLong(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static void put(byte[] bytes, int offset, int word) {
    INT.set(bytes, offset, word);
  }

  static int[] read(byte[] bytes, int offset, int count) {
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = get(bytes, offset + i * Integer.BYTES);
    }
    return words;
  }

  /** Writes the eight words of a chaining value. */
  static void write(int[] words, int from, byte[] bytes, int offset) {
    for (int i = 0; i < Hash32.BYTES / Integer.BYTES; i++) {
      put(bytes, offset + i * Integer.BYTES, words[from + i]);
    }
  }
}
