package dev.assay.log;

import static dev.assay.log.LogKeys.COSIGNER;
import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static dev.assay.log.LogKeys.WITNESS;
import static dev.assay.log.LogKeys.WITNESS_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte for byte what other implementations of the formats write (tokens.md §4). */
class LogVectorsTest {
  private static final Instant COSIGNED_AT = Instant.ofEpochSecond(1_700_000_000);
  private static final NaiveTree LEAVES = NaiveTree.ofNumberedLeaves(257);
  private static final MerkleTree TREE = new MerkleTree(LEAVES);

  @ParameterizedTest
  @CsvSource({
    "0, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "1, MF31n5WQw8msY9KydDw4jjeSRJB4zr9/s9vmRxZDsrc=",
    "3, z3Y6BByBzu8VeKYIP3XGG+8uABTyo+aDqX/Pylvn8Zo=",
    "256, 9+1etEvmGQjN9muzFoE9x1RCqipbMHF3wGxygnE1bJE=",
    "257, RdfiB7m9lIoLHlUWLtw4ZFPIqYU7XzxFfiVxbAvpjsI=",
    "70000, iBwvTHw7YMhk1XSquRdGoWciDFIKL4M9hu7m3++5rMs="
  })
  void roots(int size, String root) {
    Frontier frontier = new Frontier();
    for (int i = 0; i < size; i++) {
      frontier.append(TreeHash.leaf(NaiveTree.numberedLeaf(i)));
    }
    assertThat(frontier.root().base64()).isEqualTo(root);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 256, 257})
  void checkpoints(int size) throws IOException {
    byte[] expected = vector("checkpoint." + size);
    SignedCheckpoint signed = new Checkpoint(ORIGIN, LEAVES.head(size)).sign(LOG_KEY);
    assertThat(signed.bytes()).isEqualTo(expected);
    SignedCheckpoint read = SignedCheckpoint.open(expected, LOG);
    assertThat(read.head()).isEqualTo(LEAVES.head(size));
    assertThat(read.bytes()).isEqualTo(expected);
  }

  @Test
  void verifierKeys() throws IOException {
    assertThat(LOG).hasToString(text("log.vkey"));
    assertThat(COSIGNER).hasToString(text("witness.vkey"));
    assertThat(NoteKey.parse(text("log.vkey"))).isEqualTo(LOG);
    assertThat(NoteKey.parse(text("witness.vkey"))).isEqualTo(COSIGNER);
  }

  @Test
  void cosignature() throws IOException {
    byte[] expected = vector("checkpoint.257.cosigned");
    assertThat(cosigned257().bytes()).isEqualTo(expected);
    SignedCheckpoint read = SignedCheckpoint.open(expected, LOG);
    assertThat(read.cosignedBy(List.of(COSIGNER))).containsExactly(COSIGNER);
    assertThat(Cosignature.time(read.note().signatureOf(COSIGNER).orElseThrow()))
        .isEqualTo(COSIGNED_AT);
  }

  @Test
  void addCheckpoint() throws IOException {
    byte[] expected = vector("add-checkpoint.3-to-257.req");
    SignedCheckpoint signed = new Checkpoint(ORIGIN, LEAVES.head(257)).sign(LOG_KEY);
    AddCheckpoint request = new AddCheckpoint(3, TREE.consistency(3, 257).path(), signed.note());
    assertThat(request.bytes()).isEqualTo(expected);
    assertThat(AddCheckpoint.parse(expected)).isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 256})
  void proofs(int index) throws IOException {
    byte[] expected = vector("proof." + index + "-of-257.tlog-proof");
    TlogProof proof = TlogProof.of(TREE.inclusion(index, 257), cosigned257());
    assertThat(proof.bytes()).isEqualTo(expected);
    TlogProof read = TlogProof.parse(expected);
    assertThat(read).isEqualTo(proof);
    assertThat(read.verify(vector("leaf-" + index), LOG).size()).isEqualTo(257);
  }

  @Test
  void entryBundle() throws IOException {
    List<byte[]> entries =
        List.of(NaiveTree.numberedLeaf(0), NaiveTree.numberedLeaf(1), NaiveTree.numberedLeaf(2));
    assertThat(EntryBundle.encode(entries)).isEqualTo(vector("entries.0-2.bin"));
    assertThat(EntryBundle.decode(vector("entries.0-2.bin"), 3)).containsExactlyElementsOf(entries);
  }

  private static SignedCheckpoint cosigned257() {
    Checkpoint checkpoint = new Checkpoint(ORIGIN, LEAVES.head(257));
    return checkpoint
        .sign(LOG_KEY)
        .with(Cosignature.sign(checkpoint, WITNESS, WITNESS_KEY, COSIGNED_AT));
  }

  private static String text(String name) throws IOException {
    return new String(vector(name), StandardCharsets.UTF_8).strip();
  }

  private static byte[] vector(String name) throws IOException {
    try (InputStream in = LogVectorsTest.class.getResourceAsStream("/log-v1/" + name)) {
      return in.readAllBytes();
    }
  }
}
