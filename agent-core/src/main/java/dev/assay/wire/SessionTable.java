package dev.assay.wire;

import dev.assay.crypto.KeyId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which connection owns the session of each key: one at a time, fenced by the boot epoch. */
final class SessionTable {
  private final Map<KeyId, NodeConnection> owners = new HashMap<>();

  /** How a claim went; {@code displaced} is to be told that it was replaced. */
  record Claim(boolean granted, Optional<NodeConnection> displaced) {}

  /**
   * Claims the session of the connection's key. A living owner yields only to a higher boot epoch;
   * a dead one to any.
   */
  synchronized Claim claim(KeyId node, NodeConnection claimant) {
    NodeConnection owner = owners.get(node);
    boolean alive = owner != null && owner.isAlive();
    if (alive && owner.hello().bootEpoch() >= claimant.hello().bootEpoch()) {
      return new Claim(false, Optional.empty());
    }
    owners.put(node, claimant);
    return new Claim(true, Optional.ofNullable(alive ? owner : null));
  }

  /** Gives the session up, if it is still this connection's. */
  synchronized void release(KeyId node, NodeConnection owner) {
    owners.remove(node, owner);
  }
}
