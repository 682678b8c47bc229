package dev.assay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Roots and proofs of every tree up to a few hundred entries, against RFC 6962 taken literally. */
class MerkleTreeTest {
  private static final int SIZES = 260;

  private static final NaiveTree NAIVE = NaiveTree.ofNumberedLeaves(SIZES);
  private static final MerkleTree TREE = new MerkleTree(remembered(NAIVE));
  private static final List<TreeHead> HEADS = heads();

  private final Random random = new Random(20261122);

  @Test
  void everyRootIsTheNaiveOneAndTheFrontierAgrees() throws IOException {
    Frontier frontier = new Frontier();
    for (int size = 0; size <= SIZES; size++) {
      assertThat(TREE.head(size)).isEqualTo(NAIVE.head(size)).isEqualTo(frontier.head());
      if (size < SIZES) {
        frontier.append(NAIVE.leaves().get(size));
      }
    }
  }

  @Test
  void everyInclusionProofLeadsToItsRootAndToNoOther() throws IOException {
    for (int size = 1; size <= SIZES; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = TREE.inclusion(index, size);
        TreeHash leaf = NAIVE.leaves().get(index);
        assertThat(proof.root(leaf)).isEqualTo(HEADS.get(size).root());
        assertThat(proof.proves(leaf, HEADS.get(size - 1))).isFalse();
      }
    }
  }

  @Test
  void pathsAreThoseOfTheRfc() throws IOException {
    for (int round = 0; round < 500; round++) {
      int size = 1 + random.nextInt(SIZES);
      int index = random.nextInt(size);
      assertThat(TREE.inclusion(index, size).path()).isEqualTo(NAIVE.inclusion(index, size));
      assertThat(TREE.consistency(index, size).path()).isEqualTo(NAIVE.consistency(index, size));
    }
  }

  @Test
  void everyConsistencyProofHoldsForItsTwoTreesOnly() throws IOException {
    for (int newSize = 0; newSize <= SIZES; newSize++) {
      TreeHead newer = HEADS.get(newSize);
      for (int oldSize = 0; oldSize <= newSize; oldSize++) {
        TreeHead older = HEADS.get(oldSize);
        ConsistencyProof proof = TREE.consistency(oldSize, newSize);
        assertThat(proof.proves(older, newer)).isTrue();
        TreeHead forged = new TreeHead(newSize + 1L, TreeHash.leaf(new byte[1]));
        assertThat(proof.proves(older, forged)).isFalse();
        if (oldSize > 0) {
          TreeHead otherPast = new TreeHead(oldSize, TreeHash.leaf(new byte[1]));
          assertThat(proof.proves(otherPast, newer)).isFalse();
        }
      }
    }
  }

  @Test
  void aPathWithOneHashChangedMissingOrAddedProvesNothing() throws IOException {
    for (int round = 0; round < 500; round++) {
      int size = 2 + random.nextInt(SIZES - 1);
      int index = random.nextInt(size);
      int oldSize = 1 + random.nextInt(size - 1);
      InclusionProof inclusion = TREE.inclusion(index, size);
      ConsistencyProof consistency = TREE.consistency(oldSize, size);
      for (List<TreeHash> path : damaged(inclusion.path())) {
        InclusionProof bad = new InclusionProof(index, size, path);
        assertThat(holds(bad, NAIVE.leaves().get(index), HEADS.get(size))).isFalse();
      }
      for (List<TreeHash> path : damaged(consistency.path())) {
        ConsistencyProof bad = new ConsistencyProof(oldSize, size, path);
        assertThat(bad.proves(HEADS.get(oldSize), HEADS.get(size))).isFalse();
      }
    }
  }

  @Test
  void whatIsNotInATreeCannotBeAskedFor() {
    assertThatThrownBy(() -> TREE.inclusion(5, 5))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("there is no entry 5 among 5");
    assertThatThrownBy(() -> TREE.consistency(6, 5))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("a tree of 5 entries does not begin with one of 6");
  }

  private static boolean holds(InclusionProof proof, TreeHash leaf, TreeHead head) {
    try {
      return proof.proves(leaf, head);
    } catch (LogFormatException e) {
      return false;
    }
  }

  private List<List<TreeHash>> damaged(List<TreeHash> path) {
    List<List<TreeHash>> all = new ArrayList<>();
    List<TreeHash> longer = new ArrayList<>(path);
    longer.add(random.nextInt(path.size() + 1), TreeHash.leaf(new byte[] {7}));
    all.add(longer);
    if (!path.isEmpty()) {
      List<TreeHash> shorter = new ArrayList<>(path);
      shorter.remove(random.nextInt(path.size()));
      all.add(shorter);
      List<TreeHash> changed = new ArrayList<>(path);
      int at = random.nextInt(path.size());
      byte[] bytes = changed.get(at).bytes();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      changed.set(at, TreeHash.of(bytes));
      all.add(changed);
    }
    return all;
  }

  private static HashReader remembered(NaiveTree tree) {
    Map<List<Long>, TreeHash> known = new HashMap<>();
    return (level, index) ->
        known.computeIfAbsent(List.of((long) level, index), key -> tree.read(level, index));
  }

  private static List<TreeHead> heads() {
    List<TreeHead> heads = new ArrayList<>();
    for (int size = 0; size <= SIZES; size++) {
      heads.add(NAIVE.head(size));
    }
    return heads;
  }
}
