package dev.assay.doctor;

/** How far a connection to the coordinator came. Reasons hold no address. */
public sealed interface Reach {
  /** This node has joined none. */
  record NotJoined() implements Reach {}

  /** What says whom it joined cannot be read. */
  record Unreadable(String reason) implements Reach {}

  /** The name has no address. */
  record UnknownName() implements Reach {}

  /** No connection came about. */
  record NoConnection(String reason) implements Reach {}

  /** Something answers there, not with TLS 1.3. */
  record NoTls(String reason) implements Reach {}

  /** Somebody else answers there: the key is not the one that was pinned when joining. */
  record OtherKey() implements Reach {}

  /** It answers, under its key. */
  record Reached(long millis) implements Reach {}
}
