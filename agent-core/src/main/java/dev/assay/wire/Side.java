package dev.assay.wire;

import java.util.function.Function;

/** What the two sides of a connection do not share: which messages come in, which go out. */
record Side<I extends Message, O extends Message>(
    MessageCodec<I> in, MessageCodec<O> out, O heartbeat, Function<Fault, O> fault) {
  static final Side<FromCoordinator, FromNode> NODE =
      new Side<>(
          MessageCodec.FROM_COORDINATOR, MessageCodec.FROM_NODE, new Heartbeat(), fault -> fault);

  static final Side<FromNode, FromCoordinator> COORDINATOR =
      new Side<>(
          MessageCodec.FROM_NODE, MessageCodec.FROM_COORDINATOR, new Heartbeat(), fault -> fault);
}
