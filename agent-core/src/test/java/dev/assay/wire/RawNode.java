package dev.assay.wire;

import dev.assay.crypto.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A node that shares nothing with ours but its certificate: the JDK's own WebSocket, sending
 * whatever a test wants and noting every text as it came.
 */
final class RawNode implements WebSocket.Listener, AutoCloseable {
  /** The WebSocket was closed. */
  record Closed(int code, String reason) {}

  /** The connection failed. */
  record Failed(Throwable cause) {}

  final Events events = new Events();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;
  private volatile boolean reading = true;

  static RawNode connect(int port, Party party) throws Exception {
    return connect("wss://127.0.0.1:" + port + "/assay", party, "assay.v1");
  }

  static RawNode connect(String uri, Party party, String subprotocol) throws Exception {
    RawNode node = new RawNode();
    try {
      node.socket =
          client(party)
              .newWebSocketBuilder()
              .subprotocols(subprotocol)
              .buildAsync(URI.create(uri), node)
              .get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return node;
  }

  static HttpClient client(Party party) throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder().sslContext(tls(party)).build();
  }

  static SSLContext tls(Party party) throws GeneralSecurityException, IOException {
    TlsIdentity identity = party.identity();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    return tls(keys.getKeyManagers());
  }

  static SSLContext tls(KeyManager[] keys) throws GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(
        keys,
        new TrustManager[] {KeyTrust.only(Loopback.COORDINATOR.id(), Optional.empty())},
        null);
    return tls;
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void send(FromNode message) {
    send(MessageCodec.FROM_NODE.encode(message));
  }

  void sendBinary(byte[] message) {
    socket.sendBinary(ByteBuffer.wrap(message), true).join();
  }

  void sendFragment(String part, boolean last) {
    socket.sendText(part, last).join();
  }

  /** The next message, which must be a text that the schema of coordinators' messages allows. */
  FromCoordinator next() {
    String message = events.next(String.class);
    if (!WireSchema.FROM_COORDINATOR.errors(message).isEmpty()) {
      throw new AssertionError("the schema refuses what the coordinator sent: " + message);
    }
    return MessageCodec.FROM_COORDINATOR.decode(message);
  }

  <T extends FromCoordinator> T next(Class<T> kind) {
    return kind.cast(next());
  }

  Closed closed() {
    return events.skipTo(Closed.class);
  }

  /** From now on nothing is read from the socket. */
  void stopReading() {
    reading = false;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      events.add(text.toString());
      text.setLength(0);
    }
    if (reading) {
      from.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    events.add(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    events.add(new Failed(cause));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
