package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.log.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the logs of one audit say about each other: the states that several copies of one log were
 * in, and the tokens that challengers hold in logs of their own (tokens.md §2).
 */
final class OtherLogs {
  /** A state of a log that was signed, and where it was found. */
  record State(String place, TreeHead head) {}

  private final Map<String, List<State>> states = new HashMap<>();
  private final Map<KeyId, DigestIndex> challengers = new HashMap<>();

  void state(String origin, State state) {
    states.computeIfAbsent(origin, key -> new ArrayList<>()).add(state);
  }

  /** All signed states of the log with this origin. */
  List<State> states(String origin) {
    return states.getOrDefault(origin, List.of());
  }

  /** A token that a challenger signed stands in its own log. */
  void holds(KeyId challenger, Digest token) {
    challengers.computeIfAbsent(challenger, key -> new DigestIndex()).put(token.bytes(), 1);
  }

  /** Whether the challenger's log holds its token; empty if that log is not part of the audit. */
  Optional<Boolean> isHeldBy(KeyId challenger, Digest token) {
    return Optional.ofNullable(challengers.get(challenger))
        .map(index -> index.get(token.bytes()) != DigestIndex.ABSENT);
  }
}
