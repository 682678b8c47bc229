package dev.assay.coordinator;

import dev.assay.token.JobEndToken;
import dev.assay.token.JobEndToken.Output;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gathers what jobs write. The signed end says how much that is and what its digests are; a stream
 * that differs is fetched once more from its beginning, and if it differs again that is noted with
 * the job: a node cannot keep the coordinator busy with a digest that nothing has.
 */
final class JobOutputs {
  private static final int ATTEMPTS = 2;

  /** A stream of a job. */
  private record Key(String job, JobStream stream) {}

  private final Path directory;
  private final long mostBytes;
  private final Map<Key, Integer> mismatches = new ConcurrentHashMap<>();

  /**
   * Outputs below a directory.
   *
   * @param mostBytes how much of a stream is kept; the rest is taken and dropped
   */
  JobOutputs(Path directory, long mostBytes) {
    this.directory = directory;
    this.mostBytes = mostBytes;
  }

  OutputFile file(String job, JobStream stream) {
    return OutputFile.of(directory, job, stream);
  }

  /** Stores a piece and tells the node from where to go on. */
  void take(NodeSession session, JobOrder job, FromNode.JobOutput piece) throws IOException {
    OutputFile file = file(piece.id(), piece.stream());
    byte[] data = piece.data().toByteArray();
    long end = piece.offset() + data.length;
    long size = file.size();
    long next;
    if (job.done() || (size == mostBytes && piece.offset() >= size)) {
      next = end;
    } else if (end > mostBytes && piece.offset() <= size) {
      file.append(piece.offset(), Arrays.copyOf(data, (int) (mostBytes - piece.offset())));
      next = end;
    } else {
      next = file.append(piece.offset(), data);
    }
    session.send(new FromCoordinator.JobOutputAck(piece.id(), piece.stream(), next));
  }

  /** Asks for both streams from where they are here. */
  void fetch(NodeSession session, String job) throws IOException {
    for (JobStream stream : JobStream.values()) {
      ask(session, job, stream);
    }
  }

  void ask(NodeSession session, String job, JobStream stream) throws IOException {
    session.send(new FromCoordinator.JobOutputGet(job, stream, file(job, stream).size()));
  }

  /**
   * Compares what is here with the signed end, and asks for what is missing.
   *
   * @return empty while something is missing, else what remains to be said of the output
   */
  Optional<List<String>> missing(NodeSession session, String job, JobEndToken end)
      throws IOException {
    List<String> remarks = new ArrayList<>();
    boolean stdout = isWhole(session, job, JobStream.STDOUT, end.stdout(), remarks);
    boolean stderr = isWhole(session, job, JobStream.STDERR, end.stderr(), remarks);
    return stdout && stderr ? Optional.of(remarks) : Optional.empty();
  }

  private boolean isWhole(
      NodeSession session, String job, JobStream stream, Output expected, List<String> remarks)
      throws IOException {
    OutputFile file = file(job, stream);
    long size = file.size();
    if (expected.size() > mostBytes && size == mostBytes) {
      remarks.add("only the first " + mostBytes + " bytes of " + stream + " were kept");
      return true;
    }
    if (size < expected.size()) {
      ask(session, job, stream);
      return false;
    }
    Key key = new Key(job, stream);
    if (file.is(expected.size(), expected.sha256())) {
      mismatches.remove(key);
      return true;
    }
    if (mismatches.merge(key, 1, Integer::sum) >= ATTEMPTS) {
      mismatches.remove(key);
      remarks.add("the node sent another " + stream + " than it has signed");
      return true;
    }
    file.clear();
    ask(session, job, stream);
    return false;
  }
}
