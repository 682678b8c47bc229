package dev.assay.wire;

/** The bounds that every message keeps, in both directions (docs/protocol.md). */
public final class Limits {
  /** The version of the protocol that this code speaks. */
  public static final int PROTOCOL_VERSION = 1;

  /** Bytes of one WebSocket message. */
  public static final int MESSAGE_BYTES = 256 * 1024;

  /** Bytes of binary data that one message carries, before base64url. */
  public static final int CHUNK_BYTES = 64 * 1024;

  /** Characters of a token: a log entry holds no more. */
  public static final int TOKEN_LENGTH = 65_535;

  /** Characters of a signed note. */
  public static final int NOTE_LENGTH = 16 * 1024;

  /** Characters of an add-checkpoint request: a note and at most 63 hashes. */
  public static final int ADD_CHECKPOINT_LENGTH = 32 * 1024;

  /** Characters of a sentence for a person. */
  public static final int SENTENCE_LENGTH = 1024;

  /** Characters of a name, a version or a device id. */
  public static final int NAME_LENGTH = 64;

  /** Devices that one node may have. */
  public static final int DEVICES = 64;

  /** Jobs that one hello may report. */
  public static final int JOBS = 256;

  /** The largest integer that every JSON reader keeps exactly. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  private Limits() {}
}
