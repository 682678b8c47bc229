package dev.assay.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Memory-fill in the plain words of proofs.md §2, one label at a time over one array. */
public final class PlainMemoryFill {
  private PlainMemoryFill() {}

  /** The roots of all passes. */
  public static List<Hash32> roots(MemoryFill proof, DeviceSeed seed) {
    byte[] image = new byte[(int) proof.arrayBytes()];
    FillKey key = FillKey.first(seed);
    for (int i = 0; i < proof.labels(); i++) {
      System.arraycopy(key.label(i, new byte[64]), 0, image, 64 * i, 64);
    }
    List<Hash32> roots = new ArrayList<>(List.of(Blake3.hash(image)));
    for (int pass = 1; pass <= proof.passes(); pass++) {
      key = key.next(roots.getLast());
      for (int i = 0; i < proof.labels(); i++) {
        byte[] label = Arrays.copyOfRange(image, 64 * i, 64 * i + 64);
        byte[] mixed = label.clone();
        for (int j = 1; j <= 3; j++) {
          long words = Words.getLong(label, 8 * (j - 1));
          int parent = (int) key.parent(proof, i, j, words);
          for (int n = 0; n < 64; n++) {
            mixed[n] ^= image[64 * parent + n];
          }
        }
        System.arraycopy(key.label(i, mixed), 0, image, 64 * i, 64);
      }
      roots.add(Blake3.hash(image));
    }
    return roots;
  }
}
