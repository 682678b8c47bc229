package dev.assay.wire;

import static dev.assay.wire.Loopback.NODE;
import static dev.assay.wire.Loopback.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.assay.wire.RecordingServer.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a coordinator does with a node that breaks the protocol: nobody else notices. */
@Timeout(60)
class HostileNodeTest {
  private static final String TOO_LARGE =
      "{\"type\":\"commitment\",\"token\":\"" + "x".repeat(Limits.MESSAGE_BYTES) + "\"}";

  private Loopback loopback;
  private RecordingClient bystander;
  private NodeSession session;

  @BeforeEach
  void start() throws Exception {
    loopback = new Loopback();
    bystander = loopback.connect(Party.number(9), 1);
    bystander.events.next(RecordingClient.Event.Welcomed.class);
    loopback.handler.events.next(Event.Opened.class);
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    assertThat(bystander.events.isEmpty()).isTrue();
    loopback.close();
  }

  private RawNode connect() throws Exception {
    return loopback.closing(RawNode.connect(loopback.server.port(), NODE));
  }

  private RawNode session() throws Exception {
    RawNode node = connect();
    node.send(Loopback.hello(NODE, 1));
    node.next(FromCoordinator.Welcome.class);
    session = loopback.handler.events.next(Event.Opened.class).session();
    return node;
  }

  private void assertEnded(CloseCode code) {
    assertThat(loopback.handler.events.skipTo(Event.Closed.class).end())
        .satisfies(end -> assertThat(end.is(code)).as(end.toString()).isTrue());
  }

  @Test
  void anyWebSocketThatKnowsTheDocumentCanSpeak() throws Exception {
    RawNode node = session();
    node.send(new FromNode.Commitment(TOKEN));
    Event.Got got = loopback.handler.events.next(Event.Got.class);
    assertThat(got.message()).isEqualTo(new FromNode.Commitment(TOKEN));
    got.session().send(new FromCoordinator.Receipt(TOKEN));
    assertThat(node.next()).isEqualTo(new FromCoordinator.Receipt(TOKEN));
  }

  @Test
  void aMessageInFragmentsIsOneMessage() throws Exception {
    RawNode node = session();
    node.sendFragment("{\"type\":\"commitment\",", false);
    node.sendFragment("\"token\":\"" + TOKEN + "\"}", true);
    assertThat(loopback.handler.events.next(Event.Got.class).message())
        .isEqualTo(new FromNode.Commitment(TOKEN));
  }

  @Test
  void anUnknownTypeIsAnsweredAndTheSessionGoesOn() throws Exception {
    RawNode node = session();
    for (int i = 0; i < 20; i++) {
      node.send("{\"type\":\"job-progress\",\"percent\":" + i + "}");
      assertThat(node.next())
          .isEqualTo(
              new Fault(
                  Fault.UNKNOWN_TYPE,
                  "this side knows no message of type \"job-progress\"",
                  "job-progress"));
    }
    node.send(new FromNode.Commitment(TOKEN));
    loopback.handler.events.next(Event.Got.class);
  }

  @Test
  void malformedMessagesAreAnsweredAndTooManyEndTheSession() throws Exception {
    RawNode node = session();
    String[] malformed = {
      "",
      "null",
      "[]",
      "{\"type\":\"\"}",
      "{\"type\":\"heartbeat\",\"type\":\"heartbeat\"}",
      "{\"type\":\"commitment\"}",
      "{\"type\":\"commitment\",\"token\":\"not a token\"}",
      "[".repeat(100_000),
    };
    for (String message : malformed) {
      node.send(message);
      assertThat(node.next(Fault.class).code()).isEqualTo(Fault.MALFORMED);
    }
    assertThat(node.closed().code()).isEqualTo(CloseCode.MALFORMED.number());
    assertEnded(CloseCode.MALFORMED);
  }

  @Test
  void anOversizedMessageEndsTheSession() throws Exception {
    RawNode node = session();
    node.send(TOO_LARGE);
    assertEnded(CloseCode.TOO_LARGE);
  }

  @Test
  void anOversizedMessageInFragmentsEndsTheSession() throws Exception {
    RawNode node = session();
    int half = TOO_LARGE.length() / 2;
    node.sendFragment(TOO_LARGE.substring(0, half), false);
    node.sendFragment(TOO_LARGE.substring(half), true);
    assertEnded(CloseCode.TOO_LARGE);
  }

  @Test
  void aBinaryMessageEndsTheSession() throws Exception {
    RawNode node = session();
    node.sendBinary("{\"type\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(node.closed().code()).isEqualTo(CloseCode.UNSUPPORTED_DATA.number());
    assertEnded(CloseCode.UNSUPPORTED_DATA);
  }

  @Test
  void aNodeThatVanishesEndsItsSession() throws Exception {
    session().close();
    assertEnded(CloseCode.CONNECTION_LOST);
  }

  @Test
  void whatComesBeforeTheHelloIsRejected() throws Exception {
    RawNode node = connect();
    node.send(new FromNode.Commitment(TOKEN));
    assertThat(node.next())
        .isEqualTo(new Fault(Fault.OUT_OF_ORDER, "say hello first", "commitment"));
    node.send(Loopback.hello(NODE, 1));
    node.next(FromCoordinator.Welcome.class);
  }

  @Test
  void aSecondHelloAndALateEnrolmentAreRejected() throws Exception {
    RawNode node = session();
    node.send(Loopback.hello(NODE, 2));
    assertThat(node.next(Fault.class).about()).contains("hello");
    node.send(new FromNode.Enrol(Secret.of(new byte[32])));
    assertThat(node.next(Fault.class).about()).contains("enrol");
    node.send(new FromNode.Commitment(TOKEN));
    assertThat(loopback.handler.events.next(Event.Got.class).session().hello().bootEpoch())
        .isEqualTo(1);
  }

  @Test
  void aHelloInAnotherNodesNameIsRefused() throws Exception {
    RawNode node = connect();
    node.send(Loopback.hello(Party.number(3), 1));
    assertThat(node.next(Fault.class).message()).contains("the certificate's key is " + NODE.id());
    assertThat(node.closed().code()).isEqualTo(CloseCode.REFUSED.number());
    assertThat(loopback.handler.events.isEmpty()).isTrue();
  }

  @Test
  void aNodeThatIsNotEnrolledIsToldSo() throws Exception {
    loopback.handler.refusal =
        Optional.of(new Fault(Fault.NOT_ENROLLED, "this node's key is not enrolled"));
    RawNode node = connect();
    node.send(Loopback.hello(NODE, 1));
    assertThat(node.next(Fault.class).code()).isEqualTo(Fault.NOT_ENROLLED);
    assertThat(node.closed())
        .isEqualTo(
            new RawNode.Closed(CloseCode.REFUSED.number(), "this node's key is not enrolled"));
  }

  @Test
  void aHandlerThatFailsEndsOneSession() throws Exception {
    RawNode node = session();
    loopback.handler.reaction =
        (session, message) -> {
          throw new IllegalStateException("a bug");
        };
    node.send(new FromNode.Commitment(TOKEN));
    assertThat(node.closed().code()).isEqualTo(CloseCode.INTERNAL.number());
    assertEnded(CloseCode.INTERNAL);
  }

  @Test
  void anotherSubprotocolOrPathIsRefused() {
    int port = loopback.server.port();
    assertThatIOException()
        .isThrownBy(() -> RawNode.connect("wss://127.0.0.1:" + port + "/assay", NODE, "assay.v2"));
    assertThatIOException()
        .isThrownBy(() -> RawNode.connect("wss://127.0.0.1:" + port + "/other", NODE, "assay.v1"));
  }

  @Test
  void aBrowserIsToldWhatIsHere() throws Exception {
    HttpClient client = RawNode.client(NODE);
    assertThat(get(client, "/assay").statusCode()).isEqualTo(426);
    assertThat(get(client, "/assay").body())
        .isEqualTo("this is a WebSocket, subprotocol assay.v1\n");
    assertThat(get(client, "/").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(HttpClient client, String path) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + loopback.server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aNodeThatReadsNothingIsCutOffBeforeMemoryGrows() throws Exception {
    RawNode node = session();
    node.stopReading();
    FromCoordinator message = new FromCoordinator.JobCancel("job-1", "x".repeat(1000));
    int taken = 0;
    while (!session.send(message).isCompletedExceptionally()) {
      taken++;
      assertThat(taken).isLessThan(64_000);
    }
    assertEnded(CloseCode.SLOW_READER);
  }
}
