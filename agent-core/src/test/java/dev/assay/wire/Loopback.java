package dev.assay.wire;

import dev.assay.crypto.KeyId;
import dev.assay.wire.FromNode.Hello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** A coordinator on loopback, and nodes that dial it; closes all of them, last first. */
final class Loopback implements AutoCloseable {
  static final Party COORDINATOR = Party.number(1);
  static final Party NODE = Party.number(2);
  static final String TOKEN = "e30.e30.c2ln";

  final RecordingServer handler = new RecordingServer();
  final WireServer server;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Loopback() throws IOException {
    this(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  Loopback(Duration heartbeat, Duration lease) throws IOException {
    server = WireServer.start(config(0, heartbeat, lease), RandomGenerator.getDefault(), handler);
    opened.push(server);
  }

  static ServerConfig config(int port, Duration heartbeat, Duration lease) {
    return new ServerConfig(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        COORDINATOR.identity(),
        "test coordinator",
        "assay test",
        heartbeat,
        lease);
  }

  static Hello hello(Party node, long bootEpoch) {
    return new Hello(
        1,
        node.id(),
        bootEpoch,
        "assay test",
        TOKEN,
        List.of("cpu:0"),
        List.of(new RunningJob("job-1", 3, "running")),
        "assay.dev/node/"
            + node.id()
            + "\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x y\n",
        Availability.OPEN);
  }

  ClientConfig reach(Party node, KeyId pinned) {
    return reach(node, pinned, server.port());
  }

  static ClientConfig reach(Party node, KeyId pinned, int port) {
    return new ClientConfig(
        new Address("127.0.0.1", port),
        pinned,
        node.identity(),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofMillis(40));
  }

  RecordingClient connect(Party node, long bootEpoch) {
    return connect(node, new RecordingClient(hello(node, bootEpoch)));
  }

  RecordingClient connect(Party node, RecordingClient client) {
    opened.push(
        WireClient.start(reach(node, COORDINATOR.id()), RandomGenerator.getDefault(), client));
    return client;
  }

  <T extends AutoCloseable> T closing(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
