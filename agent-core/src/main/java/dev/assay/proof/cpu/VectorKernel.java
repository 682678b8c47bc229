package dev.assay.proof.cpu;

import static dev.assay.proof.cpu.LaneLoops.STRIDE;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.assay.proof.Compression;
import dev.assay.proof.FillKey;
import dev.assay.proof.MemoryFill;
import java.util.Objects;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel in vectors: a whole compression stays in registers, and a label is read with one or
 * two loads, so few that many reads of far memory are under way at a time.
 */
final class VectorKernel implements LaneKernel {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int WORDS = MemoryFill.LABEL_BYTES / Integer.BYTES;
  private static final int MESSAGE = 16 * STRIDE;
  private static final int[] IV = Compression.iv();

  /** Labels that are turned into columns at a time; a row has room for as many behind the last. */
  private static final int GROUP = 16;

  private final Object segment;
  private final int[] staged = new int[Lanes.LANES * WORDS];

  /** A kernel on the {@code MemorySegment} that holds the image. */
  VectorKernel(Object segment) {
    this.segment = segment;
  }

  @Override
  public void compressLabels(int[] rows, int[] cv, long counter, int flags) {
    IntVector columns = IntVector.zero(INTS).addIndex(1);
    for (int at = 0; at < Lanes.LANES; at += INTS.length()) {
      compress(rows, at, columns.add(at).mul(LANE_LABELS), cv, counter, flags);
    }
  }

  @Override
  public void compressChaining(int[] rows, long counter, int step, int flags) {
    IntVector columns = IntVector.zero(INTS).addIndex(1);
    for (int at = 0; at < Lanes.LANES; at += INTS.length()) {
      compress(rows, at, columns.add(at).mul(step), null, counter, flags);
    }
  }

  @Override
  public void load(int[] rows, int lane, long label, int count) {
    for (int group = 0; group < count; group += GROUP) {
      long first = (label + (long) group * LANE_LABELS) * MemoryFill.LABEL_BYTES;
      int end = Math.min(GROUP, count - group);
      for (int n = 0; n < end; n++) {
        for (int w = 0; w < WORDS; w += INTS.length()) {
          long at = first + (long) n * LANE_BYTES + w * (long) Integer.BYTES;
          Segments.load(segment, at).intoArray(staged, n * WORDS + w);
        }
      }
      stagedToMessages(0, rows, lane + group);
    }
  }

  @Override
  public void loadMixed(int[] rows, int lane, long label, long[] parents, int count) {
    Objects.checkFromIndexSize(0, FillKey.PARENTS * count, parents.length);
    long self = label * MemoryFill.LABEL_BYTES;
    for (int n = 0; n < count; n++) {
      long p = parents[FillKey.PARENTS * n];
      long q = parents[FillKey.PARENTS * n + 1];
      long r = parents[FillKey.PARENTS * n + 2];
      for (int w = 0; w < WORDS; w += INTS.length()) {
        int at = w * Integer.BYTES;
        Segments.load(segment, self + (long) n * LANE_BYTES + at)
            .lanewise(XOR, Segments.load(segment, p + at))
            .lanewise(XOR, Segments.load(segment, q + at))
            .lanewise(XOR, Segments.load(segment, r + at))
            .intoArray(staged, n * WORDS + w);
      }
    }
    for (int group = 0; group < count; group += GROUP) {
      stagedToMessages(group, rows, lane + group);
    }
  }

  @Override
  public void store(int[] rows, int lane, long label, int count) {
    for (int group = 0; group < count; group += GROUP) {
      messagesToStaged(rows, lane + group);
      long first = (label + (long) group * LANE_LABELS) * MemoryFill.LABEL_BYTES;
      int end = Math.min(GROUP, count - group);
      for (int n = 0; n < end; n++) {
        for (int w = 0; w < WORDS; w += INTS.length()) {
          long at = first + (long) n * LANE_BYTES + w * (long) Integer.BYTES;
          Segments.store(IntVector.fromArray(INTS, staged, n * WORDS + w), segment, at);
        }
      }
    }
  }

  private void stagedToMessages(int first, int[] rows, int lane) {
    for (int w = 0; w < WORDS; w++) {
      int row = MESSAGE + w * STRIDE + lane;
      for (int n = 0; n < GROUP; n++) {
        rows[row + n] = staged[(first + n) * WORDS + w];
      }
    }
  }

  private void messagesToStaged(int[] rows, int lane) {
    for (int w = 0; w < WORDS; w++) {
      int row = MESSAGE + w * STRIDE + lane;
      for (int n = 0; n < GROUP; n++) {
        staged[n * WORDS + w] = rows[row + n];
      }
    }
  }

  /**
   * One vector of lanes.
   *
   * @param key the chaining value of all, and whole outputs are wanted; or null: each lane has its
   *     own, and the next ones are wanted
   */
  private static void compress(
      int[] rows, int at, IntVector counters, int[] key, long counter, int flags) {
    IntVector v0 = chaining(rows, at, key, 0);
    IntVector v1 = chaining(rows, at, key, 1);
    IntVector v2 = chaining(rows, at, key, 2);
    IntVector v3 = chaining(rows, at, key, 3);
    IntVector v4 = chaining(rows, at, key, 4);
    IntVector v5 = chaining(rows, at, key, 5);
    IntVector v6 = chaining(rows, at, key, 6);
    IntVector v7 = chaining(rows, at, key, 7);
    IntVector v8 = IntVector.broadcast(INTS, IV[0]);
    IntVector v9 = IntVector.broadcast(INTS, IV[1]);
    IntVector v10 = IntVector.broadcast(INTS, IV[2]);
    IntVector v11 = IntVector.broadcast(INTS, IV[3]);
    IntVector v12 = counters.add((int) counter);
    IntVector v13 = IntVector.broadcast(INTS, (int) (counter >>> Integer.SIZE));
    IntVector v14 = IntVector.broadcast(INTS, Compression.BLOCK_BYTES);
    IntVector v15 = IntVector.broadcast(INTS, flags);
    IntVector m0 = IntVector.fromArray(INTS, rows, at + 16 * STRIDE);
    IntVector m1 = IntVector.fromArray(INTS, rows, at + 17 * STRIDE);
    IntVector m2 = IntVector.fromArray(INTS, rows, at + 18 * STRIDE);
    IntVector m3 = IntVector.fromArray(INTS, rows, at + 19 * STRIDE);
    IntVector m4 = IntVector.fromArray(INTS, rows, at + 20 * STRIDE);
    IntVector m5 = IntVector.fromArray(INTS, rows, at + 21 * STRIDE);
    IntVector m6 = IntVector.fromArray(INTS, rows, at + 22 * STRIDE);
    IntVector m7 = IntVector.fromArray(INTS, rows, at + 23 * STRIDE);
    IntVector m8 = IntVector.fromArray(INTS, rows, at + 24 * STRIDE);
    IntVector m9 = IntVector.fromArray(INTS, rows, at + 25 * STRIDE);
    IntVector m10 = IntVector.fromArray(INTS, rows, at + 26 * STRIDE);
    IntVector m11 = IntVector.fromArray(INTS, rows, at + 27 * STRIDE);
    IntVector m12 = IntVector.fromArray(INTS, rows, at + 28 * STRIDE);
    IntVector m13 = IntVector.fromArray(INTS, rows, at + 29 * STRIDE);
    IntVector m14 = IntVector.fromArray(INTS, rows, at + 30 * STRIDE);
    IntVector m15 = IntVector.fromArray(INTS, rows, at + 31 * STRIDE);
    for (int round = 0; round < Lanes.ROUNDS; round++) {
      v0 = v0.add(m0).add(v4);
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
      v8 = v8.add(v12);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 12);
      v0 = v0.add(m1).add(v4);
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 8);
      v8 = v8.add(v12);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 7);
      v1 = v1.add(m2).add(v5);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
      v9 = v9.add(v13);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 12);
      v1 = v1.add(m3).add(v5);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 8);
      v9 = v9.add(v13);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 7);
      v2 = v2.add(m4).add(v6);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
      v10 = v10.add(v14);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 12);
      v2 = v2.add(m5).add(v6);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 8);
      v10 = v10.add(v14);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 7);
      v3 = v3.add(m6).add(v7);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
      v11 = v11.add(v15);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 12);
      v3 = v3.add(m7).add(v7);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 8);
      v11 = v11.add(v15);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 7);
      v0 = v0.add(m8).add(v5);
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
      v10 = v10.add(v15);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 12);
      v0 = v0.add(m9).add(v5);
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 8);
      v10 = v10.add(v15);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 7);
      v1 = v1.add(m10).add(v6);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
      v11 = v11.add(v12);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 12);
      v1 = v1.add(m11).add(v6);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 8);
      v11 = v11.add(v12);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 7);
      v2 = v2.add(m12).add(v7);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
      v8 = v8.add(v13);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 12);
      v2 = v2.add(m13).add(v7);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 8);
      v8 = v8.add(v13);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 7);
      v3 = v3.add(m14).add(v4);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
      v9 = v9.add(v14);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 12);
      v3 = v3.add(m15).add(v4);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 8);
      v9 = v9.add(v14);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 7);
      IntVector moved0 = m0;
      m0 = m2;
      m2 = m3;
      m3 = m10;
      m10 = m12;
      m12 = m9;
      m9 = m11;
      m11 = m5;
      m5 = moved0;
      IntVector moved1 = m1;
      m1 = m6;
      m6 = m4;
      m4 = m7;
      m7 = m13;
      m13 = m14;
      m14 = m15;
      m15 = m8;
      m8 = moved1;
    }
    if (key == null) {
      v0.lanewise(XOR, v8).intoArray(rows, at + 32 * STRIDE);
      v1.lanewise(XOR, v9).intoArray(rows, at + 33 * STRIDE);
      v2.lanewise(XOR, v10).intoArray(rows, at + 34 * STRIDE);
      v3.lanewise(XOR, v11).intoArray(rows, at + 35 * STRIDE);
      v4.lanewise(XOR, v12).intoArray(rows, at + 36 * STRIDE);
      v5.lanewise(XOR, v13).intoArray(rows, at + 37 * STRIDE);
      v6.lanewise(XOR, v14).intoArray(rows, at + 38 * STRIDE);
      v7.lanewise(XOR, v15).intoArray(rows, at + 39 * STRIDE);
    } else {
      v0.lanewise(XOR, v8).intoArray(rows, at + 16 * STRIDE);
      v1.lanewise(XOR, v9).intoArray(rows, at + 17 * STRIDE);
      v2.lanewise(XOR, v10).intoArray(rows, at + 18 * STRIDE);
      v3.lanewise(XOR, v11).intoArray(rows, at + 19 * STRIDE);
      v4.lanewise(XOR, v12).intoArray(rows, at + 20 * STRIDE);
      v5.lanewise(XOR, v13).intoArray(rows, at + 21 * STRIDE);
      v6.lanewise(XOR, v14).intoArray(rows, at + 22 * STRIDE);
      v7.lanewise(XOR, v15).intoArray(rows, at + 23 * STRIDE);
      v8.lanewise(XOR, key[0]).intoArray(rows, at + 24 * STRIDE);
      v9.lanewise(XOR, key[1]).intoArray(rows, at + 25 * STRIDE);
      v10.lanewise(XOR, key[2]).intoArray(rows, at + 26 * STRIDE);
      v11.lanewise(XOR, key[3]).intoArray(rows, at + 27 * STRIDE);
      v12.lanewise(XOR, key[4]).intoArray(rows, at + 28 * STRIDE);
      v13.lanewise(XOR, key[5]).intoArray(rows, at + 29 * STRIDE);
      v14.lanewise(XOR, key[6]).intoArray(rows, at + 30 * STRIDE);
      v15.lanewise(XOR, key[7]).intoArray(rows, at + 31 * STRIDE);
    }
  }

  private static IntVector chaining(int[] rows, int at, int[] key, int word) {
    return key == null
        ? IntVector.fromArray(INTS, rows, at + word * STRIDE)
        : IntVector.broadcast(INTS, key[word]);
  }
}
