package dev.assay.log.store;

import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHash;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the log's writer, and where it leaves the outcome. */
sealed interface Work {
  /** How the work ends if it fails. */
  CompletableFuture<?> done();

  /** Entries to add one after the other; done with the index of the first. */
  record Append(List<byte[]> entries, List<TreeHash> leaves, CompletableFuture<Long> done)
      implements Work {}

  /** A cosignature to keep; done with whether it is of use. */
  record Cosign(
      SignedCheckpoint checkpoint,
      NoteKey witness,
      NoteSignature cosignature,
      CompletableFuture<Boolean> done)
      implements Work {}
}
