package dev.assay.wire;

/**
 * Why a WebSocket ended: the codes of RFC 6455 §7.4 that occur here, and those of this protocol.
 */
public enum CloseCode {
  /** The sender is done. */
  NORMAL(1000),
  /** The sender is shutting down; dialling again later is welcome. */
  GOING_AWAY(1001),
  /** The other side broke the WebSocket protocol. */
  PROTOCOL_ERROR(1002),
  /** The other side sent a binary message. */
  UNSUPPORTED_DATA(1003),
  /** Never sent: there was no connection, or it ended without a word. */
  CONNECTION_LOST(1006),
  /** The other side's message was too large. */
  TOO_LARGE(1009),
  /** The sender failed. */
  INTERNAL(1011),
  /** Never sent: the TLS handshake failed, for example because the key is not the pinned one. */
  TLS_FAILED(1015),
  /** The other side sent too many malformed messages. */
  MALFORMED(4400),
  /** Enrolment or session refused; an {@code error} before it says why. */
  REFUSED(4403),
  /** Nothing was heard, or nothing could be sent, for the length of the lease. */
  LEASE_ENDED(4408),
  /** A session of this key with the same or a higher boot epoch is alive. */
  SESSION_EXISTS(4409),
  /** A session of this key with a higher boot epoch took over. */
  REPLACED(4410),
  /** The other side reads so slowly that the bounded send queue ran full. */
  SLOW_READER(4429);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  /** The number in the close frame. */
  public int number() {
    return number;
  }

  /** Whether a close frame may carry it. */
  boolean isSent() {
    return this != CONNECTION_LOST && this != TLS_FAILED;
  }
}
