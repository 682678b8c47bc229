package dev.assay.wire;

import static dev.assay.wire.Loopback.NODE;
import static dev.assay.wire.Loopback.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that stop or leave before a session stands: a coordinator waits for a lease, no longer. */
@Timeout(60)
class StallTest {
  private Loopback loopback;

  @BeforeEach
  void start() throws Exception {
    loopback = new Loopback(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @AfterEach
  void noSessionStood() throws Exception {
    assertThat(loopback.handler.events.isEmpty()).isTrue();
    loopback.close();
  }

  private RawNode connect() throws Exception {
    return loopback.closing(RawNode.connect(loopback.server.port(), NODE));
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), loopback.server.port())) {
      RawNode withoutHello = connect();
      assertThat(withoutHello.closed())
          .isEqualTo(
              new RawNode.Closed(CloseCode.LEASE_ENDED.number(), "no session stood after 2 s"));
      assertThat(silent.getInputStream().read()).isNegative();
    }
  }

  @Test
  void nodesThatLeaveBeforeTheirHelloLeaveNothingBehind() throws Exception {
    new Socket(InetAddress.getLoopbackAddress(), loopback.server.port()).close();
    connect().close();
    RawNode enrolling = connect();
    enrolling.send(new FromNode.Enrol(Secret.of(new byte[Secret.SIZE])));
    enrolling.close();
    assertThat(connect().closed().code()).isEqualTo(CloseCode.LEASE_ENDED.number());
  }

  @Test
  void commandsOutOfOrderWithoutEndCloseTheConnection() throws Exception {
    RawNode node = connect();
    for (int i = 0; i < 8; i++) {
      node.send(new FromNode.Opening(TOKEN));
    }
    assertThat(node.closed().code()).isEqualTo(CloseCode.MALFORMED.number());
  }
}
