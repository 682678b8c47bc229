package dev.assay.wire;

/** What one WebSocket text message says. Its values are within {@link Limits}, always. */
public sealed interface Message permits FromNode, FromCoordinator {}
