package dev.assay.wire;

import java.util.Optional;

/**
 * How a session, or an attempt at one, ended.
 *
 * @param code the close code's number; the other side may send one that is not a {@link CloseCode}
 * @param reason one sentence for a person
 * @param fault the last {@code error} that the other side sent before a session stood
 */
public record SessionEnd(int code, String reason, Optional<Fault> fault) {
  /** Whether it ended for this reason. */
  public boolean is(CloseCode known) {
    return code == known.number();
  }
}
