package dev.assay.wire;

import static dev.assay.wire.Loopback.COORDINATOR;
import static dev.assay.wire.Loopback.NODE;
import static dev.assay.wire.Loopback.TOKEN;
import static dev.assay.wire.ScriptedCoordinator.WELCOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.RecordingClient.Event.Closed;
import dev.assay.wire.RecordingClient.Event.Got;
import dev.assay.wire.RecordingClient.Event.Welcomed;
import dev.assay.wire.ScriptedCoordinator.Script;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node does with a coordinator that stalls, vanishes or talks out of turn. */
@Timeout(60)
class HostileCoordinatorTest {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Events received = new Events();

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private RecordingClient dial(Script script) throws Exception {
    return dial(script, Duration.ofSeconds(20));
  }

  private RecordingClient dial(Script script, Duration patience) throws Exception {
    return dial(script, patience, new RecordingClient(Loopback.hello(NODE, 1)));
  }

  private RecordingClient dial(Script script, Duration patience, RecordingClient client)
      throws Exception {
    ScriptedCoordinator coordinator = new ScriptedCoordinator(script);
    opened.push(coordinator);
    ClientConfig reach = Loopback.reach(NODE, COORDINATOR.id(), coordinator.port());
    opened.push(
        WireClient.start(
            new ClientConfig(
                reach.address(),
                reach.coordinator(),
                reach.identity(),
                patience,
                reach.firstRetry(),
                reach.maxRetry()),
            RandomGenerator.getDefault(),
            client));
    return client;
  }

  private static boolean isHello(String text) {
    return MessageCodec.FROM_NODE.decode(text) instanceof FromNode.Hello;
  }

  /** Welcomes, then sends these messages; whatever the node answers is received. */
  private Script welcomeThen(String... messages) {
    return (connection, text) -> {
      assertThat(WireSchema.FROM_NODE.errors(text)).as(text).isEmpty();
      FromNode message = MessageCodec.FROM_NODE.decode(text);
      if (message instanceof FromNode.Hello) {
        connection.send(WELCOME);
        for (String next : messages) {
          connection.send(next);
        }
      } else if (!(message instanceof Heartbeat)) {
        received.add(message);
      }
      connection.send(new Heartbeat());
    };
  }

  private static void assertEnded(RecordingClient node, CloseCode code) {
    SessionEnd end = node.events.skipTo(Closed.class).end();
    assertThat(end.is(code)).as(end.toString()).isTrue();
  }

  @Test
  void whatANodeSendsIsWhatTheSchemaSays() throws Exception {
    RecordingClient node = dial(welcomeThen());
    Session<FromNode> session = node.events.next(Welcomed.class).session();
    List<FromNode> samples =
        Samples.FROM_NODE.stream()
            .filter(sample -> !(sample instanceof Heartbeat || sample instanceof FromNode.Hello))
            .toList();
    samples.forEach(session::send);
    for (FromNode sample : samples) {
      assertThat(received.next(FromNode.class)).isEqualTo(sample);
    }
  }

  @Test
  void aCoordinatorThatNeverFinishesTheHandshake() throws Exception {
    Script silent =
        new Script() {
          @Override
          public void onText(ScriptedCoordinator.Connection connection, String text) {}

          @Override
          public boolean acceptsTls() {
            return false;
          }
        };
    RecordingClient node = dial(silent, Duration.ofMillis(300));
    SessionEnd end = node.events.next(Closed.class).end();
    assertThat(end.is(CloseCode.LEASE_ENDED) || end.is(CloseCode.TLS_FAILED)).isTrue();
    node.events.next(Closed.class);
  }

  @Test
  void aCoordinatorThatNeverWelcomes() throws Exception {
    RecordingClient node = dial((connection, text) -> {}, Duration.ofMillis(1500));
    assertEnded(node, CloseCode.LEASE_ENDED);
    assertEnded(node, CloseCode.LEASE_ENDED);
  }

  @Test
  void aCoordinatorThatVanishesBeforeTheWelcome() throws Exception {
    RecordingClient node = dial((connection, text) -> connection.drop());
    assertEnded(node, CloseCode.CONNECTION_LOST);
    assertEnded(node, CloseCode.CONNECTION_LOST);
  }

  @Test
  void aCoordinatorThatVanishesInASession() throws Exception {
    RecordingClient node =
        dial(
            (connection, text) -> {
              connection.send(WELCOME);
              connection.drop();
            });
    assertEnded(node, CloseCode.CONNECTION_LOST);
    node.events.skipTo(Closed.class);
  }

  @Test
  void aCoordinatorThatFallsSilentLosesItsLeaseAndIsDialledAgain() throws Exception {
    AtomicInteger heartbeats = new AtomicInteger();
    RecordingClient node =
        dial(
            (connection, text) -> {
              if (isHello(text)) {
                connection.send(WELCOME);
              } else {
                heartbeats.incrementAndGet();
              }
            });
    node.events.next(Welcomed.class);
    SessionEnd end = node.events.next(Closed.class).end();
    assertThat(end.is(CloseCode.LEASE_ENDED)).isTrue();
    assertThat(end.reason()).isEqualTo("nothing was heard for 2 s");
    assertThat(heartbeats).hasPositiveValue();
    node.events.next(Welcomed.class);
  }

  @Test
  void aRefusalIsToldWithItsReason() throws Exception {
    Fault refusal = new Fault(Fault.NOT_ENROLLED, "this node's key is not enrolled");
    RecordingClient node =
        dial(
            (connection, text) -> {
              connection.send(refusal);
              connection.close(4403, refusal.message());
            });
    SessionEnd end = node.events.next(Closed.class).end();
    assertThat(end.is(CloseCode.REFUSED)).isTrue();
    assertThat(end.fault()).contains(refusal);
  }

  @Test
  void aCloseCodeThatIsUnknownHereIsKept() throws Exception {
    RecordingClient node = dial((connection, text) -> connection.close(4999, "for reasons"));
    SessionEnd end = node.events.next(Closed.class).end();
    assertThat(end.code()).isEqualTo(4999);
    assertThat(end.reason()).isEqualTo("for reasons");
  }

  @Test
  void aWelcomeOfAnotherVersionIsRefused() throws Exception {
    RecordingClient node =
        dial(
            (connection, text) ->
                connection.send(WELCOME.replace("\"version\":1", "\"version\":2")));
    assertEnded(node, CloseCode.REFUSED);
  }

  @Test
  void commandsBeforeTheWelcomeAreRejected() throws Exception {
    RecordingClient node =
        dial(
            (connection, text) -> {
              if (isHello(text)) {
                connection.send(new FromCoordinator.Challenge(TOKEN));
                connection.send(new FromCoordinator.Enrolled("x"));
              } else {
                received.add(MessageCodec.FROM_NODE.decode(text));
                connection.send(WELCOME);
              }
            });
    assertThat(received.next(Fault.class))
        .isEqualTo(new Fault(Fault.OUT_OF_ORDER, "welcome this node first", "challenge"));
    assertThat(received.next(Fault.class).about()).contains("enrolled");
    node.events.next(Welcomed.class);
  }

  @Test
  void aSecondWelcomeIsRejectedAndAnUnknownTypeAnswered() throws Exception {
    RecordingClient node =
        dial(
            welcomeThen(
                WELCOME,
                "{\"type\":\"dance\"}",
                "{\"type\":\"job-ack\",\"id\":\"j\",\"revision\":-1}",
                "{\"type\":\"challenge\",\"token\":\"" + TOKEN + "\"}"));
    node.events.next(Welcomed.class);
    assertThat(Stream.generate(() -> received.next(Fault.class).code()).limit(3))
        .containsExactlyInAnyOrder(Fault.UNKNOWN_TYPE, Fault.MALFORMED, Fault.OUT_OF_ORDER);
    assertThat(node.events.next(Got.class).message())
        .isEqualTo(new FromCoordinator.Challenge(TOKEN));
  }

  @Test
  void aHandlerThatFailsEndsTheSessionAndTheNodeDialsAgain() throws Exception {
    RecordingClient node = new RecordingClient(Loopback.hello(NODE, 1));
    node.reaction =
        (session, message) -> {
          throw new IllegalStateException("a bug");
        };
    dial(
        welcomeThen("{\"type\":\"challenge\",\"token\":\"" + TOKEN + "\"}"),
        Duration.ofSeconds(20),
        node);
    assertEnded(node, CloseCode.INTERNAL);
    node.events.skipTo(Welcomed.class);
  }

  @Test
  void afterAGoodbyeTheNodeWaitsAsLongAsItWasAsked() throws Exception {
    RecordingClient node =
        dial(
            (connection, text) -> {
              connection.send(WELCOME);
              connection.send(new FromCoordinator.Goodbye("back in an hour", 3600));
              connection.close(1001, "back in an hour");
            });
    Closed closed = node.events.skipTo(Closed.class);
    assertThat(closed.end().is(CloseCode.GOING_AWAY)).isTrue();
    assertThat(closed.retryIn()).isGreaterThan(Duration.ofHours(1));
  }

  @Test
  void waitsGrowWhileNobodyWelcomesTheNode() throws Exception {
    RecordingClient node = dial((connection, text) -> connection.drop());
    Duration last = Duration.ZERO;
    for (int i = 0; i < 4; i++) {
      last = node.events.next(Closed.class).retryIn();
    }
    assertThat(last).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
  }
}
