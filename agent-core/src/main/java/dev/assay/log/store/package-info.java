/**
 * A log on disk that never forgets what it has said. A directory holds
 *
 * <pre>
 *   checkpoint            the newest signed checkpoint, with the cosignatures that came for it
 *   witnessed             the newest checkpoint that a witness has cosigned, so that an auditor
 *                         finds one even while the newest of all is still on its way to a witness
 *   tile/                 tiles and entry bundles, as {@link dev.assay.log} describes them
 *   blob/HEX              bytes beside the log, named by their SHA-256
 *   checkpoint.next       a checkpoint that is durable and not shown yet; rarely seen
 *   tmp/, lock            files being written; the lock of the process that has the log open
 * </pre>
 *
 * <p>Every file is written whole under {@code tmp/}, made durable and renamed, so a web server can
 * serve the directory at any time. Many threads append; one writes. It takes what waits, writes the
 * bundles and tiles that changed, makes them and their names durable, signs the new state, and
 * shows it by a rename. Then all who waited are told. The cost of a commit is a handful of fsyncs
 * whoever shares it, so the more threads wait the cheaper an entry is.
 *
 * <p>What a commit writes does not depend on the length of the log: at most the unfinished bundle
 * and one unfinished tile for each level in which something changed, beside what became full. A
 * lone small append therefore rewrites up to 255 entries that were there before, 128 on average;
 * appends that come together share that, and {@link dev.assay.log.store.LogStore#appendAll} is the
 * way to have it so. The narrower versions stay until the full tile is durable under a checkpoint,
 * for a reader may hold any earlier checkpoint; then they go.
 *
 * <p>After a crash {@link dev.assay.log.store.DiskLog#open} goes on from the newest checkpoint that
 * anyone can have seen, removes what lies beyond it, and mends tiles from the entries. If entries
 * under it are lost, it refuses: to sign anything else would be a fork.
 */
package dev.assay.log.store;
