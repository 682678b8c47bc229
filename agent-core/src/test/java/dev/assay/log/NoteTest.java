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

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes, keys and checkpoints: one way to write each, and nothing but the right key verifies. */
class NoteTest {
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(ORIGIN, NaiveTree.ofNumberedLeaves(3).head(3));
  private static final SignedCheckpoint SIGNED = CHECKPOINT.sign(LOG_KEY);

  @Test
  void everyChangedByteOfASignedCheckpointIsRefused() {
    byte[] note = SIGNED.bytes();
    for (int at = 0; at < note.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = note.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> SignedCheckpoint.open(changed, LOG))
            .as("byte %d bit %d", at, bit)
            .isInstanceOf(LogFormatException.class);
      }
    }
  }

  @Test
  void everyShortenedNoteIsRefused() {
    String note = new String(SIGNED.bytes(), UTF_8);
    for (int length = 0; length < note.length(); length++) {
      byte[] part = note.substring(0, length).getBytes(UTF_8);
      assertThatThrownBy(() -> SignedCheckpoint.open(part, LOG))
          .isInstanceOf(LogFormatException.class);
    }
  }

  @Test
  void signaturesOfUnknownKeysAreKeptAndMeanNothing() {
    NoteSignature unknown = new NoteSignature("someone.example", 7, new byte[] {1, 2, 3});
    byte[] note = SIGNED.with(unknown).bytes();
    SignedCheckpoint read = SignedCheckpoint.open(note, LOG);
    assertThat(read.bytes()).isEqualTo(note);
    assertThat(read.note().signatures()).contains(unknown);
    assertThat(read.cosignedBy(List.of(COSIGNER))).isEmpty();
  }

  @Test
  void aKeyIsFoundByNameAndIdTogether() {
    NoteSignature own = SIGNED.note().signatures().getFirst();
    Note otherName =
        new Note(
            CHECKPOINT.text(),
            List.of(new NoteSignature("node.example/lag", own.keyId(), own.bytes())));
    Note otherId =
        new Note(
            CHECKPOINT.text(), List.of(new NoteSignature(ORIGIN, own.keyId() + 1, own.bytes())));
    for (Note note : List.of(otherName, otherId)) {
      assertThat(note.signatureOf(LOG)).isEmpty();
      assertThatThrownBy(() -> SignedCheckpoint.open(note, LOG))
          .hasMessageContaining("is not signed by the key " + LOG);
    }
  }

  @Test
  void aForgedSignatureUnderTheKeysNameIsAForgery() {
    NoteSignature forged = new NoteSignature(ORIGIN, LOG.id(), new byte[64]);
    assertThatThrownBy(
            () -> SignedCheckpoint.open(new Note(CHECKPOINT.text(), List.of(forged)), LOG))
        .hasMessage("the signature of node.example/log does not hold");
  }

  @Test
  void aCosignatureHoldsForItsTimeAndItsCheckpointOnly() {
    NoteSignature cosignature =
        Cosignature.sign(CHECKPOINT, WITNESS, WITNESS_KEY, Instant.ofEpochSecond(1_700_000_000));
    assertThat(COSIGNER.verifies(CHECKPOINT.text(), cosignature)).isTrue();
    assertThat(COSIGNER.verifies(new Checkpoint(ORIGIN, TreeHead.EMPTY).text(), cosignature))
        .isFalse();
    for (int at = 0; at < 72; at++) {
      byte[] changed = cosignature.bytes();
      changed[at] ^= 1;
      NoteSignature other = new NoteSignature(WITNESS, COSIGNER.id(), changed);
      assertThat(COSIGNER.verifies(CHECKPOINT.text(), other)).as("byte %d", at).isFalse();
    }
  }

  @Test
  void aLogsOwnSignatureIsNoCosignature() {
    NoteKey asWitness = NoteKey.ofWitness(ORIGIN, LOG_KEY.publicKey());
    assertThat(SIGNED.note().signatureOf(asWitness)).isEmpty();
    assertThat(asWitness.id()).isNotEqualTo(LOG.id());
  }

  @Test
  void tooManySignaturesAndTooManyBytesAreRefused() {
    List<NoteSignature> many =
        IntStream.range(0, 65)
            .mapToObj(i -> new NoteSignature("k" + i, i, new byte[] {1}))
            .toList();
    assertThatThrownBy(() -> new Note("text\n", many))
        .hasMessage("a note has at most 64 signatures");
    StringBuilder lines = new StringBuilder("text\n\n");
    many.forEach(signature -> lines.append(signature.line()).append('\n'));
    assertThatThrownBy(() -> Note.parse(lines.toString().getBytes(UTF_8)))
        .isInstanceOf(LogFormatException.class);
    assertThatThrownBy(() -> Note.parse(new byte[Note.MAX_BYTES + 1]))
        .hasMessage("a note has at most 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n— k AAAAAAE=",
        "text\n\n- k AAAAAAE=\n",
        "text\n\n—k AAAAAAE=\n",
        "text\n\n— AAAAAAE=\n",
        "text\n\n— k  AAAAAAE=\n",
        "text\n\n— k AAAAAAE\n",
        "text\n\n— k AAAAAAF=\n",
        "text\n\n— k AAAAAA==\n",
        "text\n\n— k+ AAAAAAE=\n",
        "text\n\n— k\u00a0 AAAAAAE=\n",
        "te\txt\n\n— k AAAAAAE=\n",
        "te\rxt\n\n— k AAAAAAE=\n",
        "text\n\n— k AAAAAAE=\n\n",
        "text\n\n— k AAAAAAE=\nmore\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> Note.parse(text.getBytes(UTF_8)))
        .isInstanceOf(LogFormatException.class);
  }

  @Test
  void aNoteIsUtf8() {
    byte[] note = "te?xt\n\n— k AAAAAAE=\n".getBytes(UTF_8);
    assertThat(Note.parse(note).bytes()).isEqualTo(note);
    note[2] = (byte) 0xff;
    assertThatThrownBy(() -> Note.parse(note)).hasMessage("the note is not UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log|+1|the checkpoint's size is not a plain decimal number",
        "log|01|the checkpoint's size is not a plain decimal number",
        "log|1e3|the checkpoint's size is not a plain decimal number",
        "log|-1|the checkpoint's size is not a plain decimal number",
        "log|٣|the checkpoint's size is not a plain decimal number",
        "log|9223372036854775808|the checkpoint's size is too large",
        "log|99999999999999999999|the checkpoint's size is too large",
        "log|0|an empty tree has one root only, and this is another"
      })
  void sizesAreCanonical(String origin, String size, String message) {
    String root = TreeHash.leaf(new byte[0]).base64();
    assertThatThrownBy(() -> Checkpoint.parse(origin + "\n" + size + "\n" + root + "\n"))
        .isInstanceOf(LogFormatException.class)
        .hasMessage(message);
  }

  @Test
  void extensionLinesAreKeptAndNeverEmpty() {
    String text = CHECKPOINT.text() + "extension\n";
    assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
    assertThatThrownBy(() -> Checkpoint.parse(CHECKPOINT.text() + "\n"))
        .isInstanceOf(LogFormatException.class);
    assertThatThrownBy(() -> Checkpoint.parse("\n1\n" + TreeHash.EMPTY.base64() + "\n"))
        .isInstanceOf(LogFormatException.class);
    assertThatThrownBy(() -> Checkpoint.parse("log\n1\n")).isInstanceOf(LogFormatException.class);
  }

  @Test
  void aRootHasOneSpelling() {
    String root = TreeHash.EMPTY.base64();
    for (String other :
        List.of(root.replace("=", ""), root.replace("FU=", "FV="), root + "=", "AAAA", "")) {
      assertThatThrownBy(() -> TreeHash.ofBase64(other)).isInstanceOf(LogFormatException.class);
    }
  }

  @Test
  void aVerifierKeyWithAWrongIdOrKindIsRefused() {
    String key = LOG.toString();
    for (String other :
        List.of(
            key.replace("057fa589", "057fa588"),
            key.replace("057fa589", "057FA589"),
            key.replace("node", "mode"),
            key.replace("+AQ", "+BA"),
            key.replace("+AQ", "+Ag"),
            key + "A",
            "node.example/log",
            "",
            "++")) {
      assertThatThrownBy(() -> NoteKey.parse(other))
          .as(other)
          .isInstanceOf(LogFormatException.class);
    }
  }
}
