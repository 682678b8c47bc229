package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.crypto.PublicKey;
import dev.assay.wire.CloseCode;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode.Hello;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RandomChallengesTest {
  private static final Duration MEAN = Duration.ofMinutes(10);

  private final ManualTime time = new ManualTime();
  private final Sessions sessions = new Sessions();

  /** A session of a node, to which nothing is sent. */
  private record Present(ScriptedNode scripted) implements NodeSession {
    @Override
    public PublicKey node() {
      return scripted.key.publicKey();
    }

    @Override
    public Hello hello() {
      return scripted.hello();
    }

    @Override
    public String id() {
      return "1";
    }

    @Override
    public CompletableFuture<Void> send(FromCoordinator message) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(CloseCode code, String reason) {}
  }

  private static Present node(int number) {
    return new Present(new ScriptedNode(Bench.key(number)));
  }

  private RandomChallenges rounds(RandomChallenges.Challenger challenger) {
    return new RandomChallenges(
        sessions, (node, device) -> ChallengePlan.PROOFS, challenger, MEAN, new Random(7), time);
  }

  private void run(RandomChallenges rounds, Duration length) {
    for (long second = 0; second < length.toSeconds(); second++) {
      rounds.run();
      time.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void challengesComeAtTheRightRateToEveryDeviceWithEveryProofAndUnevenly() {
    sessions.opened(node(2));
    List<Long> at = new ArrayList<>();
    Set<String> kinds = new HashSet<>();
    RandomChallenges rounds =
        rounds(
            (id, device, proof) -> {
              at.add(time.getAsLong());
              kinds.add(device + " " + proof);
            });
    run(rounds, MEAN.multipliedBy(60));
    assertThat((double) at.size()).isCloseTo(60, within(25.0));
    assertThat(kinds).hasSize(6);
    assertThat(at.stream().map(nanos -> nanos / MEAN.toNanos()).distinct().count())
        .as("spans of the mean's length that had a challenge")
        .isBetween(25L, 55L);
  }

  @Test
  void aNodeThatWasAwayIsNotExpectedAtTheDoor() {
    List<String> challenged = new ArrayList<>();
    RandomChallenges rounds = rounds((id, device, proof) -> challenged.add(id));
    Present node = node(2);
    sessions.opened(node);
    rounds.run();
    sessions.closed(node);
    rounds.run();
    time.pass(MEAN.multipliedBy(100));
    sessions.opened(node);
    rounds.run();
    assertThat(challenged).isEmpty();
  }

  @Test
  void oneNodeThatCannotBeChallengedDoesNotKeepOthersFromIt() {
    Present broken = node(2);
    Present good = node(3);
    sessions.opened(broken);
    sessions.opened(good);
    List<String> challenged = new ArrayList<>();
    RandomChallenges rounds =
        rounds(
            (id, device, proof) -> {
              if (id.equals(broken.scripted.id())) {
                throw new IOException("busy");
              }
              challenged.add(id);
            });
    run(rounds, MEAN.multipliedBy(10));
    assertThat(challenged).isNotEmpty().containsOnly(good.scripted.id());
  }
}
