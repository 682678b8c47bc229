package dev.assay.wire;

/** A coordinator's answer to a hello. */
public sealed interface Admission {
  /**
   * The node may have a session.
   *
   * @param checkpointSize size of the node's latest log that the coordinator has cosigned, or 0
   */
  record Admitted(long checkpointSize) implements Admission {}

  /** The node may not; it is told why, and the connection ends. */
  record Refused(Fault fault) implements Admission {}
}
