/**
 * Transparency logs as pure mathematics: no files, no network, no clock.
 *
 * <p>A log is a list of entries that only grows. Its state is one hash, the root of a Merkle tree
 * over the entries (RFC 6962): a leaf is {@code SHA-256(00 ‖ entry)}, a node {@code SHA-256(01 ‖
 * left ‖ right)}, and a tree of n leaves splits at the largest power of two below n. A reader who
 * holds a root can be shown with about log₂ n hashes that an entry is in the tree ({@link
 * dev.assay.log.InclusionProof}) and that a later tree still begins with the earlier one ({@link
 * dev.assay.log.ConsistencyProof}).
 *
 * <p>The hashes of complete subtrees never change, so they are published as files. A tile ({@link
 * dev.assay.log.Tile}, C2SP tlog-tiles) holds 256 neighbouring hashes of one level; the next level
 * of tiles holds one hash for each full tile below. An entry bundle ({@link
 * dev.assay.log.EntryBundle}) holds the 256 entries under a lowest tile, each behind its length as
 * two bytes, big-endian. The last, unfinished tile of a level is published by its width:
 *
 * <pre>
 *   tile/0/x001/234          256 leaf hashes, of entries 315904 to 316159
 *   tile/0/x001/235.p/7      the next seven
 *   tile/1/004               256 hashes of full level 0 tiles
 *   tile/entries/x001/234    the entries themselves
 * </pre>
 *
 * <p>The owner of a log signs its state as a {@link dev.assay.log.Checkpoint} inside a {@link
 * dev.assay.log.Note} (C2SP signed-note): text, an empty line, and one line for each signature.
 *
 * <pre>
 *   assay.dev/node/ID                          the origin: whose log this is
 *   257                                        how many entries
 *   RdfiB7m9lIoLHlUWLtw4ZFPIqYU7XzxFfiVxbAvpjsI=    the root
 *
 *   — assay.dev/node/ID BX+licBP…              key name, base64 of key id and signature
 *   — witness.example/w1 IDJKvgAA…             a witness's cosignature, with its time
 * </pre>
 *
 * <p>A witness cosigns a checkpoint only after it was shown a consistency proof from the last one
 * it cosigned ({@link dev.assay.log.AddCheckpoint}, C2SP tlog-witness), so that a log cannot show
 * two histories. A {@link dev.assay.log.TlogProof} packs an inclusion proof and a cosigned
 * checkpoint into one file that can be checked with no network at all.
 *
 * <p>All readers here are strict: there is one way to write each value, and every other way is a
 * {@link dev.assay.log.LogFormatException}.
 */
package dev.assay.log;
