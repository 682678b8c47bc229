package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.Connected;
import dev.assay.daemon.AgentEvent.Disconnected;
import dev.assay.daemon.AgentEvent.ProofJudged;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What happened lately, for those who ask only afterwards. */
final class History implements Consumer<AgentEvent> {
  private static final int RESULTS = 20;

  /** How things stand with the coordinator, and since when. */
  record Contact(AgentEvent event, Instant since) {}

  private final InstantSource clock;
  private final Deque<ProofJudged> results = new ArrayDeque<>();
  private Contact contact;

  History(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void accept(AgentEvent event) {
    switch (event) {
      case ProofJudged judged -> {
        results.addFirst(judged);
        if (results.size() > RESULTS) {
          results.removeLast();
        }
      }
      case Connected connected -> contact = new Contact(connected, clock.instant());
      case Disconnected lost -> {
        Instant since =
            contact != null && contact.event() instanceof Disconnected
                ? contact.since()
                : clock.instant();
        contact = new Contact(lost, since);
      }
      default -> {}
    }
  }

  /** The newest results, newest first. */
  synchronized List<ProofJudged> results() {
    return List.copyOf(results);
  }

  /** Empty until the first attempt to reach the coordinator has come to something. */
  synchronized Optional<Contact> contact() {
    return Optional.ofNullable(contact);
  }
}
