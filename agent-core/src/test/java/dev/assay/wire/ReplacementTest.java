package dev.assay.wire;

import static dev.assay.wire.Loopback.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.RecordingServer.Event;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two connections of one key: the boot epoch decides. */
@Timeout(60)
class ReplacementTest {
  private Loopback loopback;
  private RawNode first;

  @BeforeEach
  void start() throws Exception {
    loopback = new Loopback();
    first = connect(5);
    first.next(FromCoordinator.Welcome.class);
    loopback.handler.events.next(Event.Opened.class);
  }

  @AfterEach
  void stop() throws Exception {
    loopback.close();
  }

  private RawNode connect(long bootEpoch) throws Exception {
    RawNode node = loopback.closing(RawNode.connect(loopback.server.port(), NODE));
    node.send(Loopback.hello(NODE, bootEpoch));
    return node;
  }

  @Test
  void aHigherBootEpochTakesOverAtOnce() throws Exception {
    RawNode second = connect(6);
    second.next(FromCoordinator.Welcome.class);
    assertThat(first.closed().code()).isEqualTo(CloseCode.REPLACED.number());
    assertThat(loopback.handler.events.skipTo(Event.Opened.class).session().hello().bootEpoch())
        .isEqualTo(6);
  }

  @Test
  void theEndOfTheReplacedSessionLeavesTheNewOneAlone() throws Exception {
    RawNode second = connect(6);
    second.next(FromCoordinator.Welcome.class);
    first.closed();
    assertThat(loopback.handler.events.skipTo(Event.Closed.class).end().is(CloseCode.REPLACED))
        .isTrue();
    assertThat(connect(6).closed().code()).isEqualTo(CloseCode.SESSION_EXISTS.number());
  }

  @Test
  void anEqualOrLowerBootEpochIsRefusedWhileTheSessionLives() throws Exception {
    assertThat(connect(5).closed().code()).isEqualTo(CloseCode.SESSION_EXISTS.number());
    assertThat(connect(4).closed().code()).isEqualTo(CloseCode.SESSION_EXISTS.number());
    first.send(new FromNode.Commitment(Loopback.TOKEN));
    loopback.handler.events.next(Event.Got.class);
  }

  @Test
  void anyBootEpochMayFollowASessionThatHasEnded() throws Exception {
    first.close();
    loopback.handler.events.next(Event.Closed.class);
    connect(5).next(FromCoordinator.Welcome.class);
  }

  @Test
  void anotherKeyIsAnotherNode() throws Exception {
    Party other = Party.number(3);
    RawNode node = loopback.closing(RawNode.connect(loopback.server.port(), other));
    node.send(Loopback.hello(other, 9));
    node.next(FromCoordinator.Welcome.class);
    first.send(new FromNode.Commitment(Loopback.TOKEN));
    loopback.handler.events.skipTo(Event.Got.class);
  }

  @Test
  void aSilentSessionEndsWithItsLeaseAndThenTheSameEpochMayReturn() throws Exception {
    try (Loopback brief = new Loopback(Duration.ofSeconds(1), Duration.ofSeconds(2))) {
      RawNode silent = brief.closing(RawNode.connect(brief.server.port(), NODE));
      silent.send(Loopback.hello(NODE, 5));
      silent.next(FromCoordinator.Welcome.class);
      assertThat(silent.next()).isEqualTo(new Heartbeat());
      assertThat(silent.closed())
          .isEqualTo(
              new RawNode.Closed(CloseCode.LEASE_ENDED.number(), "nothing was heard for 2 s"));
      RecordingClient again = brief.connect(NODE, 5);
      again.events.skipTo(RecordingClient.Event.Welcomed.class);
    }
  }
}
