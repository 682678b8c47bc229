package dev.assay.log;

import static dev.assay.log.LogKeys.COSIGNER;
import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static dev.assay.log.LogKeys.WITNESS;
import static dev.assay.log.LogKeys.WITNESS_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A witness cosigns what continues the last state it has seen, and nothing else. */
class WitnessTest {
  private static final NaiveTree LEAVES = NaiveTree.ofNumberedLeaves(20);
  private static final MerkleTree TREE = new MerkleTree(LEAVES);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final Witness witness = new Witness(WITNESS, WITNESS_KEY, () -> NOW);

  @Test
  void itCosignsWhatContinues() throws IOException {
    for (int old = 0; old <= 20; old++) {
      AddCheckpointAnswer answer = witness.answer(request(old, 20), LOG, LEAVES.head(old));
      assertThat(answer.status()).isEqualTo(200);
      NoteSignature cosignature =
          AddCheckpointAnswer.Cosigned.parse(answer.body()).cosignatures().getFirst();
      SignedCheckpoint cosigned = signed(LEAVES.head(20)).with(cosignature);
      assertThat(cosigned.cosignedBy(List.of(witness.noteKey()))).containsExactly(COSIGNER);
      assertThat(Cosignature.time(cosignature)).isEqualTo(NOW);
    }
  }

  @Test
  void anotherOldSizeThanItKnowsIsAConflictThatNamesWhatItKnows() throws IOException {
    AddCheckpointAnswer answer = witness.answer(request(3, 20), LOG, LEAVES.head(7));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(AddCheckpointAnswer.Conflict.parse(answer.body()).size()).isEqualTo(7);
  }

  @Test
  void anotherHistoryIsNotCosigned() throws IOException {
    TreeHead fork = new TreeHead(7, TreeHash.leaf(new byte[1]));
    assertThat(witness.answer(request(7, 20), LOG, fork).status()).isEqualTo(422);
    assertThat(witness.answer(request(7, 7), LOG, fork).status()).isEqualTo(409);
    AddCheckpoint withoutProof = new AddCheckpoint(7, List.of(), signed(LEAVES.head(20)).note());
    assertThat(witness.answer(withoutProof, LOG, LEAVES.head(7)).status()).isEqualTo(422);
  }

  @Test
  void aProofWhereNoneIsNeededIsRefused() {
    AddCheckpoint request =
        new AddCheckpoint(0, List.of(TreeHash.EMPTY), signed(LEAVES.head(20)).note());
    assertThat(witness.answer(request, LOG, TreeHead.EMPTY).status()).isEqualTo(422);
  }

  @Test
  void aLogCannotShrink() {
    AddCheckpoint request = new AddCheckpoint(20, List.of(), signed(LEAVES.head(7)).note());
    assertThat(witness.answer(request, LOG, LEAVES.head(20)).status()).isEqualTo(400);
  }

  @Test
  void anotherKeysCheckpointIsNotCosigned() throws IOException {
    Note foreign = new Checkpoint(ORIGIN, LEAVES.head(20)).sign(LogKeys.key(0x40)).note();
    AddCheckpoint request = new AddCheckpoint(0, List.of(), foreign);
    assertThat(witness.answer(request, LOG, TreeHead.EMPTY).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "old 3\n",
        "old 03\n\nNOTE",
        "old -1\n\nNOTE",
        "new 3\n\nNOTE",
        "old 3\nAAAA\n\nNOTE",
        "old 3\n \n\nNOTE",
        "old 3 \n\nNOTE",
        " old 3\n\nNOTE",
        "old 3\r\n\nNOTE"
      })
  void whatIsNoRequestIsRefused(String body) {
    byte[] bytes = body.replace("NOTE", noteText()).getBytes(UTF_8);
    assertThatThrownBy(() -> AddCheckpoint.parse(bytes)).isInstanceOf(LogFormatException.class);
  }

  @Test
  void aRequestHasAtMostSixtyThreeHashes() {
    String hash = TreeHash.EMPTY.base64() + "\n";
    String fits = "old 3\n" + hash.repeat(63) + "\n" + noteText();
    assertThat(AddCheckpoint.parse(fits.getBytes(UTF_8)).proof()).hasSize(63);
    String tooMany = "old 3\n" + hash.repeat(64) + "\n" + noteText();
    assertThatThrownBy(() -> AddCheckpoint.parse(tooMany.getBytes(UTF_8)))
        .isInstanceOf(LogFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2sp.org/tlog-proof@v1\n\nNOTE",
        "c2sp.org/tlog-proof@v2\nindex 3\n\nNOTE",
        "c2sp.org/tlog-proof@v1\nindex 03\n\nNOTE",
        "c2sp.org/tlog-proof@v1\nextra @@\nindex 3\n\nNOTE",
        "c2sp.org/tlog-proof@v1\nextra AA==\n\nNOTE",
        "c2sp.org/tlog-proof@v1\nindex 3\nindex 3\n\nNOTE",
        "index 3\n\nNOTE"
      })
  void whatIsNoProofIsRefused(String file) {
    byte[] bytes = file.replace("NOTE", noteText()).getBytes(UTF_8);
    assertThatThrownBy(() -> TlogProof.parse(bytes)).isInstanceOf(LogFormatException.class);
  }

  @Test
  void aProofHoldsForItsEntryItsIndexAndItsLog() throws IOException {
    SignedCheckpoint signed = signed(LEAVES.head(20));
    TlogProof proof = TlogProof.of(TREE.inclusion(5, 20), signed);
    byte[] entry = NaiveTree.numberedLeaf(5);
    assertThat(proof.verify(entry, LOG)).isEqualTo(signed);
    assertThatThrownBy(() -> proof.verify(NaiveTree.numberedLeaf(6), LOG))
        .hasMessage("the proof does not lead from this entry to the root of the checkpoint");
    TlogProof moved = new TlogProof(Optional.empty(), 4, proof.path(), signed.note());
    assertThatThrownBy(() -> moved.verify(entry, LOG)).isInstanceOf(LogFormatException.class);
    TlogProof beyond = new TlogProof(Optional.empty(), 20, proof.path(), signed.note());
    assertThatThrownBy(() -> beyond.verify(entry, LOG)).isInstanceOf(LogFormatException.class);
    NoteKey other = NoteKey.ofLog(ORIGIN, LogKeys.key(0x40).publicKey());
    assertThatThrownBy(() -> proof.verify(entry, other)).isInstanceOf(LogFormatException.class);
  }

  @Test
  void extraDataIsCarried() throws IOException {
    TlogProof proof =
        new TlogProof(
            Optional.of("AQID"), 5, TREE.inclusion(5, 20).path(), signed(LEAVES.head(20)).note());
    assertThat(new String(proof.bytes(), UTF_8))
        .startsWith("c2sp.org/tlog-proof@v1\nextra AQID\nindex 5\n");
    assertThat(TlogProof.parse(proof.bytes())).isEqualTo(proof);
  }

  private static AddCheckpoint request(int oldSize, int newSize) throws IOException {
    return new AddCheckpoint(
        oldSize, TREE.consistency(oldSize, newSize).path(), signed(LEAVES.head(newSize)).note());
  }

  private static SignedCheckpoint signed(TreeHead head) {
    return new Checkpoint(ORIGIN, head).sign(LOG_KEY);
  }

  private static String noteText() {
    return new String(signed(LEAVES.head(20)).bytes(), UTF_8);
  }
}
