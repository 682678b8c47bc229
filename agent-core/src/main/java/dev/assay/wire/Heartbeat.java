package dev.assay.wire;

/**
 * The message {@code heartbeat}, in either direction: its sender lives. Sessions send and take them
 * by themselves; handlers never see one.
 */
public record Heartbeat() implements FromNode, FromCoordinator {}
