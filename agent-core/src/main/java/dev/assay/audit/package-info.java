/**
 * Replays a log and says whether it holds. The auditor needs the log's files, the public keys of
 * those who signed, and an ordinary processor; no GPU, no network, nobody's word.
 *
 * <p>It reads the entries once, in order, and checks on the way: the tree and its tiles against the
 * signed checkpoint; cosignatures; every token's signature; the place of every token in its proof
 * or job; that no nonce, commitment or receipt comes twice; deadlines; and every opening,
 * recomputed from its seeds. What it remembers of a proof that has ended is a few digests, so a log
 * of a million entries fits in a small heap.
 */
package dev.assay.audit;
