package dev.assay.coordinator;

import dev.assay.wire.Availability;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Challenges every node that is present and takes on work at times that nobody can foresee: the
 * waits are exponentially distributed, so that however long ago the last challenge was, the next
 * may come now. A node that went away and came back waits anew, which makes no difference to it.
 */
final class RandomChallenges implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RandomChallenges.class);

  /** How often it is looked whether a challenge is due. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** Challenges a device with a proof of this name, sized for it. */
  @FunctionalInterface
  interface Challenger {
    void challenge(String node, String device, String proof) throws IOException;
  }

  /** The names of the proofs that a device of a node can be asked for. */
  @FunctionalInterface
  interface Choices {
    List<String> of(String node, String device) throws IOException;
  }

  private final Sessions sessions;
  private final Choices choices;
  private final Challenger challenger;
  private final Duration mean;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Long> due = new HashMap<>();

  RandomChallenges(
      Sessions sessions,
      Choices choices,
      Challenger challenger,
      Duration mean,
      RandomGenerator random,
      LongSupplier nanos) {
    this.sessions = sessions;
    this.choices = choices;
    this.challenger = challenger;
    this.mean = mean;
    this.random = random;
    this.nanos = nanos;
  }

  /** Challenges those whose time has come; called on one thread. */
  @Override
  public void run() {
    long now = nanos.getAsLong();
    List<NodeSession> present = sessions.all();
    Set<String> ids =
        present.stream().map(session -> session.node().id().value()).collect(Collectors.toSet());
    due.keySet().retainAll(ids);
    for (NodeSession session : present) {
      String node = session.node().id().value();
      if (now - due.computeIfAbsent(node, id -> now + pause()) >= 0) {
        due.put(node, now + pause());
        if (sessions.availability(node).filter(Availability::isOpen).isPresent()) {
          challenge(session);
        }
      }
    }
  }

  private void challenge(NodeSession session) {
    List<String> devices = session.hello().devices();
    if (devices.isEmpty()) {
      return;
    }
    String node = session.node().id().value();
    String device = devices.get(random.nextInt(devices.size()));
    try {
      List<String> proofs = choices.of(node, device);
      challenger.challenge(node, device, proofs.get(random.nextInt(proofs.size())));
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it must not keep other nodes from being challenged.
      LOG.warn("no random challenge for node {}: {}", session.node().id(), e.getMessage());
    }
  }

  private long pause() {
    return (long) (random.nextExponential() * mean.toNanos());
  }
}
