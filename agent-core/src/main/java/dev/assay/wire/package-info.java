/**
 * How a node and its coordinator talk. The node dials out: one WebSocket over TLS 1.3, both sides
 * known by the Ed25519 key in their self-signed certificate, one JSON object per text message.
 *
 * <p>{@link FromNode} and {@link FromCoordinator} list every message; {@link MessageCodec} writes
 * and strictly reads them. {@link WireServer} and {@link WireClient} are the two ends: they keep
 * the session (hello, welcome, heartbeats, lease, replacement by boot epoch, reconnection) and hand
 * everything else to a handler, in order, on one thread per session. Every message may be repeated:
 * each names what it is about by a digest, an id with a revision, or an offset. docs/protocol.md
 * describes the same for other implementations.
 */
package dev.assay.wire;
