package dev.assay.log;

import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A witness's word that, at a time, this was the newest state of the log that it had seen, and that
 * all it cosigned before is a beginning of it (C2SP tlog-cosignature, cosignature/v1). The
 * signature is the time as 8 bytes of seconds, then 64 bytes of Ed25519 over a header, the time and
 * the checkpoint.
 */
public final class Cosignature {
  private static final int LENGTH = Long.BYTES + PublicKey.SIGNATURE_LENGTH;

  private Cosignature() {}

  /** The cosignature of a witness of this name. */
  public static NoteSignature sign(
      Checkpoint checkpoint, String witness, SigningKey key, Instant time) {
    long seconds = time.getEpochSecond();
    byte[] signature = key.sign(message(checkpoint.text(), seconds));
    byte[] bytes = ByteBuffer.allocate(LENGTH).putLong(seconds).put(signature).array();
    return new NoteSignature(witness, NoteKey.ofWitness(witness, key.publicKey()).id(), bytes);
  }

  /** When a cosignature says that it was made. */
  public static Instant time(NoteSignature cosignature) {
    byte[] bytes = cosignature.bytes();
    if (bytes.length != LENGTH) {
      throw new LogFormatException("a cosignature has 72 bytes, not " + bytes.length);
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new LogFormatException("the time of the cosignature is out of range");
    }
    return Instant.ofEpochSecond(seconds);
  }

  static boolean verifies(PublicKey key, String text, byte[] bytes) {
    if (bytes.length != LENGTH) {
      return false;
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    byte[] signature = Arrays.copyOfRange(bytes, Long.BYTES, LENGTH);
    return seconds >= 0 && key.verify(message(text, seconds), signature);
  }

  private static byte[] message(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
