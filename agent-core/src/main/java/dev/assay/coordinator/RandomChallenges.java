package dev.assay.coordinator;

import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Challenges every node that is present at times that nobody can foresee: the waits are
 * exponentially distributed, so that however long ago the last challenge was, the next may come
 * now.
 */
final class RandomChallenges {
  private static final Logger LOG = LoggerFactory.getLogger(RandomChallenges.class);

  private final Coordinator coordinator;
  private final Duration mean;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Long> next = new ConcurrentHashMap<>();

  RandomChallenges(
      Coordinator coordinator, Duration mean, RandomGenerator random, LongSupplier nanos) {
    this.coordinator = coordinator;
    this.mean = mean;
    this.random = random;
    this.nanos = nanos;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the timers.
  void start(ScheduledExecutorService timers) {
    timers.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    long now = nanos.getAsLong();
    for (NodeSession session : coordinator.sessions().all()) {
      String node = session.node().id().value();
      long due = next.computeIfAbsent(node, id -> now + wait(random));
      if (now - due >= 0) {
        next.put(node, now + wait(random));
        challenge(session);
      }
    }
  }

  private void challenge(NodeSession session) {
    List<String> devices = session.hello().devices();
    if (devices.isEmpty()) {
      return;
    }
    String device = devices.get(random.nextInt(devices.size()));
    String proof = ChallengePlan.PROOFS.get(random.nextInt(ChallengePlan.PROOFS.size()));
    try {
      coordinator.challenge(session.node().id().value(), device, proof, false);
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it must not end the timer that serves all nodes.
      LOG.warn("no random challenge for node {}: {}", session.node().id(), e.getMessage());
    }
  }

  private long wait(RandomGenerator from) {
    return (long) (from.nextExponential() * mean.toNanos());
  }
}
