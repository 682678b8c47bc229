package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.job.JobId;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.runtime.OutputReader;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator.JobOutputAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.JobStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends jobs' output to the coordinator that asked for it: from files, so no job waits for it. */
final class JobOutputs {
  private record Key(JobId job, JobStream stream) {}

  private final JobJournal journal;
  private final long maxOutputBytes;
  private final Link link;
  private final Consumer<AgentEvent> events;
  private final Map<Key, OutputSender> senders = new HashMap<>();

  JobOutputs(JobJournal journal, long maxOutputBytes, Link link, Consumer<AgentEvent> events) {
    this.journal = journal;
    this.maxOutputBytes = maxOutputBytes;
    this.link = link;
    this.events = events;
  }

  /** The coordinator wants a stream from an offset on; what it asked for before is superseded. */
  synchronized void onGet(JobOutputGet get) throws RejectedException {
    JobRecord job = find(get.id());
    OutputReader reader =
        new OutputReader(
            journal.directory(job.id()).resolve(get.stream().toString()), maxOutputBytes);
    OutputSender sender = new OutputSender(journal, job.id(), get.stream(), reader, link);
    OutputSender before = senders.put(new Key(job.id(), get.stream()), sender);
    if (before != null) {
      before.stop();
    }
    Thread.ofVirtual()
        .name("assay-output-" + job.id())
        .start(
            () -> {
              sender.run(get.offset()).ifPresent(problem -> events.accept(new Trouble(problem)));
              forget(new Key(job.id(), get.stream()), sender);
            });
  }

  /** The coordinator has a stream up to an offset. */
  synchronized void onAck(JobOutputAck ack) throws RejectedException {
    OutputSender sender = senders.get(new Key(find(ack.id()).id(), ack.stream()));
    if (sender != null) {
      sender.acknowledged(ack.offset());
    }
  }

  /** Ends all sending; the coordinator asks again in its next session. */
  synchronized void stop() {
    senders.values().forEach(OutputSender::stop);
    senders.clear();
  }

  private synchronized void forget(Key key, OutputSender sender) {
    senders.remove(key, sender);
  }

  private JobRecord find(String id) throws RejectedException {
    Optional<JobRecord> job;
    try {
      job = journal.find(new JobId(id));
    } catch (IllegalArgumentException e) {
      throw RejectedException.malformed(e);
    }
    return job.orElseThrow(
        () -> new RejectedException(Fault.NOT_FOUND, "this node has no job " + id));
  }
}
