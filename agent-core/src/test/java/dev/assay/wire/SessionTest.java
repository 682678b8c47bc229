package dev.assay.wire;

import static dev.assay.wire.Loopback.COORDINATOR;
import static dev.assay.wire.Loopback.NODE;
import static dev.assay.wire.Loopback.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.assay.wire.RecordingClient.Event.Closed;
import dev.assay.wire.RecordingClient.Event.Got;
import dev.assay.wire.RecordingClient.Event.Welcomed;
import dev.assay.wire.RecordingServer.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions over real sockets and real TLS, both ends ours. */
@Timeout(60)
class SessionTest {
  @Test
  void aNodeIsWelcomedAndMessagesArriveInOrderBothWays() throws Exception {
    try (Loopback loopback = new Loopback()) {
      RecordingClient node = loopback.connect(NODE, 1);

      Welcomed welcomed = node.events.next(Welcomed.class);
      NodeSession session = loopback.handler.events.next(Event.Opened.class).session();
      assertThat(session.node()).isEqualTo(NODE.publicKey());
      assertThat(session.hello()).isEqualTo(node.hello());
      assertThat(welcomed.session().id()).isEqualTo(session.id());
      assertThat(welcomed.welcome())
          .isEqualTo(
              new FromCoordinator.Welcome(
                  1, session.id(), 5, 15, "test coordinator", "assay test", 7));

      for (int revision = 0; revision < 200; revision++) {
        welcomed
            .session()
            .send(new FromNode.JobState("job-1", revision, "running", Optional.empty()));
        session.send(new FromCoordinator.JobAck("job-1", revision));
      }
      for (int revision = 0; revision < 200; revision++) {
        assertThat(loopback.handler.events.next(Event.Got.class).message())
            .isEqualTo(new FromNode.JobState("job-1", revision, "running", Optional.empty()));
        assertThat(node.events.next(Got.class).message())
            .isEqualTo(new FromCoordinator.JobAck("job-1", revision));
      }
    }
  }

  @Test
  void theFutureOfASendCompletesWhenItLeftAndFailsAfterTheEnd() throws Exception {
    try (Loopback loopback = new Loopback()) {
      RecordingClient node = loopback.connect(NODE, 1);
      Session<FromNode> session = node.events.next(Welcomed.class).session();
      session.send(new FromNode.Commitment(TOKEN)).get(10, TimeUnit.SECONDS);

      loopback.handler.events.next(Event.Opened.class).session().close(CloseCode.NORMAL, "enough");
      Closed closed = node.events.next(Closed.class);
      assertThat(closed.end().is(CloseCode.NORMAL)).isTrue();
      assertThat(closed.end().reason()).isEqualTo("enough");
      assertThat(session.send(new FromNode.Commitment(TOKEN)))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("enough");
    }
  }

  @Test
  void aNodeThatStopsSaysSoAndTheCoordinatorIsToldOnce() throws Exception {
    try (Loopback loopback = new Loopback()) {
      RecordingClient node = new RecordingClient(Loopback.hello(NODE, 1));
      WireClient client =
          WireClient.start(
              loopback.reach(NODE, COORDINATOR.id()), RandomGenerator.getDefault(), node);
      node.events.next(Welcomed.class);
      client.close();
      assertThat(node.events.next(Closed.class).end().is(CloseCode.NORMAL)).isTrue();
      loopback.handler.events.next(Event.Opened.class);
      SessionEnd end = loopback.handler.events.next(Event.Closed.class).end();
      assertThat(end.is(CloseCode.NORMAL)).isTrue();
      assertThat(end.reason()).isEqualTo("the node stops");
      assertThat(loopback.handler.events.isEmpty()).isTrue();
    }
  }

  @Test
  void aNodeReturnsAfterTheCoordinatorDoes() throws Exception {
    try (Loopback loopback = new Loopback()) {
      RecordingClient node = loopback.connect(NODE, 1);
      node.events.next(Welcomed.class);
      loopback.handler.events.next(Event.Opened.class);
      int port = loopback.server.port();
      loopback.server.close();
      assertThat(loopback.handler.events.next(Event.Closed.class).end().is(CloseCode.GOING_AWAY))
          .isTrue();
      Closed closed = node.events.next(Closed.class);
      assertThat(closed.end().is(CloseCode.GOING_AWAY)).isTrue();
      assertThat(closed.end().reason()).isEqualTo("the coordinator stops");

      RecordingServer next = new RecordingServer();
      ServerConfig config = Loopback.config(port, Duration.ofSeconds(5), Duration.ofSeconds(15));
      try (WireServer again = WireServer.start(config, RandomGenerator.getDefault(), next)) {
        node.events.skipTo(Welcomed.class);
        assertThat(next.events.next(Event.Opened.class).session().hello().bootEpoch()).isEqualTo(1);
        assertThat(again.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsRefusedWithASentence() throws Exception {
    try (Loopback loopback = new Loopback()) {
      ServerConfig taken =
          Loopback.config(loopback.server.port(), Duration.ofSeconds(5), Duration.ofSeconds(15));
      assertThatIOException()
          .isThrownBy(
              () -> WireServer.start(taken, RandomGenerator.getDefault(), new RecordingServer()))
          .withMessageStartingWith("cannot listen on ")
          .withMessageContaining("in use");
    }
  }

  @Test
  void aSlowHandlerHoldsTheSenderUpAndLosesNothing() throws Exception {
    try (Loopback loopback = new Loopback()) {
      CountDownLatch go = new CountDownLatch(1);
      loopback.handler.reaction = (session, message) -> await(go);
      RecordingClient node = loopback.connect(NODE, 1);
      Session<FromNode> session = node.events.next(Welcomed.class).session();
      loopback.handler.events.next(Event.Opened.class);
      Bytes chunk = Bytes.of(new byte[Limits.CHUNK_BYTES]);
      int pieces = 0;
      boolean flowing = true;
      while (flowing) {
        assertThat(pieces).isLessThan(2000);
        CompletableFuture<Void> sent =
            session.send(new FromNode.JobOutput("job-1", JobStream.STDOUT, pieces++, chunk));
        flowing = isDoneSoon(sent);
      }
      go.countDown();
      for (int i = 0; i < pieces; i++) {
        assertThat(loopback.handler.events.next(Event.Got.class).message())
            .isEqualTo(new FromNode.JobOutput("job-1", JobStream.STDOUT, i, chunk));
      }
    }
  }

  private static boolean isDoneSoon(CompletableFuture<Void> sent) throws Exception {
    try {
      sent.get(300, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
