package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.job.JobId;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.JobState;
import dev.assay.job.OutputSummary;
import dev.assay.runtime.OutputReader;
import dev.assay.wire.Bytes;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.Limits;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends one stream of one job, a piece at a time: the next piece leaves when the last one was
 * acknowledged, from wherever the acknowledgement says. After the last piece of an ended job come
 * its length and digest.
 */
final class OutputSender {
  private static final long PAUSE_MILLIS = 50;

  /** After so long without an acknowledgement the piece is sent again. */
  private static final long PATIENCE_MILLIS = 15_000;

  private final JobJournal journal;
  private final JobId job;
  private final JobStream stream;
  private final OutputReader reader;
  private final Link link;
  private OptionalLong acknowledged = OptionalLong.empty();
  private boolean stopped;

  OutputSender(JobJournal journal, JobId job, JobStream stream, OutputReader reader, Link link) {
    this.journal = journal;
    this.job = job;
    this.stream = stream;
    this.reader = reader;
    this.link = link;
  }

  /** Ends {@link #run}. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** The receiver has everything before {@code offset}, and wants what stands there. */
  synchronized void acknowledged(long offset) {
    acknowledged = OptionalLong.of(offset);
    notifyAll();
  }

  /**
   * Sends from {@code offset} on to the end, until stopped or until the session ends.
   *
   * @return what went wrong on this machine, if anything did
   */
  Optional<String> run(long offset) {
    long next = offset;
    try {
      while (!isStopped()) {
        Optional<OutputSummary> whole = whole();
        byte[] piece = reader.read(next, Limits.CHUNK_BYTES);
        if (piece.length > 0) {
          next = send(next, piece);
        } else if (whole.isPresent()) {
          link.sendAndWait(
              new FromNode.JobOutputEnd(
                  job.value(),
                  stream,
                  whole.get().size(),
                  Digest.ofBase64Url(whole.get().sha256())));
          return Optional.empty();
        } else {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (SessionEndedException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the %s of job %s cannot be read: %s".formatted(stream, job, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private long send(long offset, byte[] piece) throws IOException, InterruptedException {
    synchronized (this) {
      acknowledged = OptionalLong.empty();
    }
    link.sendAndWait(new FromNode.JobOutput(job.value(), stream, offset, Bytes.of(piece)));
    long patience = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    synchronized (this) {
      while (acknowledged.isEmpty() && !stopped) {
        long left = (patience - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return offset;
        }
        wait(left);
      }
      return acknowledged.orElse(offset);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Length and digest of the stream, once the job has ended. */
  private Optional<OutputSummary> whole() {
    return switch (journal.find(job).map(JobRecord::state).orElseThrow()) {
      case JobState.Ended ended -> Optional.of(summary(ended));
      case JobState.Refused refused -> Optional.of(OutputSummary.EMPTY);
      case JobState.Accepted a -> Optional.empty();
      case JobState.Starting s -> Optional.empty();
      case JobState.Running r -> Optional.empty();
      case JobState.Ending e -> Optional.empty();
    };
  }

  private OutputSummary summary(JobState.Ended ended) {
    return switch (stream) {
      case STDOUT -> ended.stdout();
      case STDERR -> ended.stderr();
    };
  }
}
