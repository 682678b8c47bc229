package dev.assay.log.store;

import dev.assay.log.LogFormatException;
import dev.assay.log.TreeHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The one thread that writes: takes what waits, commits it together, and tells those who wait. */
final class Writer {
  private final WorkQueue queue = new WorkQueue();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Committer committer;

  private Writer(Committer committer) {
    this.committer = committer;
  }

  static Writer start(Committer committer) {
    Writer writer = new Writer(committer);
    Thread.ofPlatform().name("assay-log-writer").daemon().start(writer::run);
    return writer;
  }

  /** Hands work in; false if the writer has been told to end. */
  boolean add(Work work) {
    return queue.add(work);
  }

  /** Ends the writer once it has done what waits. */
  void close() {
    queue.close();
    finished.join();
  }

  private void run() {
    try {
      for (List<Work> work = queue.take(LogStore.MAX_BATCH);
          !work.isEmpty();
          work = queue.take(LogStore.MAX_BATCH)) {
        perform(work);
      }
    } finally {
      finished.complete(null);
    }
  }

  private void perform(List<Work> work) {
    try {
      switch (work.getFirst()) {
        case Work.Append first -> append(work.stream().map(Work.Append.class::cast).toList());
        case Work.Cosign cosign ->
            cosign
                .done()
                .complete(
                    committer.cosign(cosign.checkpoint(), cosign.witness(), cosign.cosignature()));
      }
    } catch (IOException | LogFormatException e) {
      work.forEach(each -> each.done().completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      LogStoppedException stopped = committer.stop(e);
      work.forEach(each -> each.done().completeExceptionally(stopped));
    }
  }

  private void append(List<Work.Append> appends) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    List<TreeHash> leaves = new ArrayList<>();
    for (Work.Append append : appends) {
      entries.addAll(append.entries());
      leaves.addAll(append.leaves());
    }
    long index = committer.append(entries, leaves);
    for (Work.Append append : appends) {
      append.done().complete(index);
      index += append.entries().size();
    }
  }
}
