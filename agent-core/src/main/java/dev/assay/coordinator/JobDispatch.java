package dev.assay.coordinator;

import dev.assay.wire.Availability;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.NodeSession;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends nodes the jobs that wait for them, oldest first: at most {@value #WINDOW} that the node has
 * not answered for, so that a long queue overruns nobody. A node that takes on no new work is sent
 * cancellations only.
 */
final class JobDispatch {
  private static final int WINDOW = 16;

  private final Jobs jobs;
  private final Sessions sessions;
  private final Map<String, Set<String>> unanswered = new ConcurrentHashMap<>();

  JobDispatch(Jobs jobs, Sessions sessions) {
    this.jobs = jobs;
    this.sessions = sessions;
  }

  /** A node has a new session, in which nothing has been sent. */
  void resume(NodeSession session) {
    String node = session.node().id().value();
    unanswered.remove(node);
    proceed(node);
  }

  /** A node has answered for a job, or the job is no longer wanted. */
  void settled(String node, String job) {
    Set<String> waiting = unanswered.get(node);
    if (waiting != null) {
      synchronized (waiting) {
        waiting.remove(job);
      }
    }
    proceed(node);
  }

  /** Sends a node that is here what it has room for. */
  void proceed(String node) {
    Optional<Availability> availability = sessions.availability(node);
    if (availability.isEmpty()) {
      return;
    }
    boolean open = availability.get().isOpen();
    Set<String> waiting = unanswered.computeIfAbsent(node, id -> new HashSet<>());
    synchronized (waiting) {
      if (waiting.size() == WINDOW) {
        return;
      }
      for (JobOrder job : jobs.queued(node, WINDOW)) {
        boolean wanted = open || (job.sent() && job.cancel().isPresent());
        if (wanted && waiting.size() < WINDOW && waiting.add(job.id())) {
          send(node, job);
        }
      }
    }
  }

  private void send(String node, JobOrder job) {
    jobs.sent(job.id());
    sessions.send(
        node,
        job.cancel().isPresent()
            ? new FromCoordinator.JobCancel(job.id(), job.cancel().get())
            : new FromCoordinator.Job(job.order().compact()));
  }
}
