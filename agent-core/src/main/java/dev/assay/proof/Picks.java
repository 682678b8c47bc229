package dev.assay.proof;

import java.util.List;

/** The places that an opening seed picks after the commitment (proofs.md §1). */
public final class Picks {
  private static final byte[] ZEROS = new byte[Compression.BLOCK_BYTES];

  private final Hash32 openingKey;

  private Picks(Hash32 openingKey) {
    this.openingKey = openingKey;
  }

  /** The picks for one commitment and opening seed. */
  public static Picks of(DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed) {
    byte[][] material = new byte[roots.size() + 2][];
    material[0] = seed.value().bytes();
    for (int i = 0; i < roots.size(); i++) {
      material[i + 1] = roots.get(i).bytes();
    }
    material[roots.size() + 1] = openingSeed.bytes();
    return new Picks(Context.OPENINGS.derive(material));
  }

  /** The key that all picks come from. */
  public Hash32 openingKey() {
    return openingKey;
  }

  /** The 64-bit word {@code index}, unsigned. */
  public long word(int index) {
    byte[] bytes = Blake3.keyedHash(openingKey, ZEROS, (long) index * Long.BYTES, Long.BYTES);
    return Integer.toUnsignedLong(Words.get(bytes, 0))
        | (long) Words.get(bytes, Integer.BYTES) << Integer.SIZE;
  }

  /** Word {@code index} scaled to {@code [0, bound)}. */
  public long below(int index, long bound) {
    return Math.unsignedMultiplyHigh(word(index), bound);
  }
}
