package dev.assay.wire;

import dev.assay.crypto.PublicKey;

/** A session with a node, seen from the coordinator. */
public interface NodeSession extends Session<FromCoordinator> {
  /** The key that the node proved to hold. */
  PublicKey node();

  /** What the node opened the session with. */
  FromNode.Hello hello();
}
