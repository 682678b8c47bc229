package dev.assay.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/** The coordinator's end: listens, and keeps one session per node. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end
public final class WireServer implements AutoCloseable {
  /** Connections at a time; one more is closed before it costs anything. */
  private static final int MAX_CONNECTIONS = 8192;

  private static final int MAX_HTTP_BODY = 1024;
  private static final int NETWORK_THREADS = 2;
  private static final Duration MAX_CLOSING = Duration.ofSeconds(5);
  private static final FromCoordinator.Goodbye GOODBYE =
      new FromCoordinator.Goodbye("the coordinator stops", 1);

  private final ServerConfig config;
  private final RandomGenerator random;
  private final ServerHandler handler;
  private final SslContext tls;
  private final SessionTable table = new SessionTable();
  private final Set<NodeConnection> connections = ConcurrentHashMap.newKeySet();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          NETWORK_THREADS,
          new DefaultThreadFactory("assay-wire-server", true),
          NioIoHandler.newFactory());
  private Channel listening;

  private WireServer(ServerConfig config, RandomGenerator random, ServerHandler handler)
      throws SSLException {
    this.config = config;
    this.random = random;
    this.handler = handler;
    this.tls = Tls.server(config.identity());
  }

  /**
   * Listens.
   *
   * @param random names sessions; used by several threads at once
   * @throws IOException if the address cannot be bound
   */
  public static WireServer start(ServerConfig config, RandomGenerator random, ServerHandler handler)
      throws IOException {
    WireServer server = new WireServer(config, random, handler);
    server.listen();
    return server;
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Says goodbye to every session and stops listening. Returns when the handler has been told of
   * every session's end, or a few seconds have passed. Closing again does nothing.
   */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    listening.close().syncUninterruptibly();
    for (NodeConnection connection : connections) {
      if (connection.isStanding()) {
        connection.send(GOODBYE);
      }
      connection.close(CloseCode.GOING_AWAY, GOODBYE.reason());
    }
    CompletableFuture.allOf(
            connections.stream().map(NodeConnection::ended).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, MAX_CLOSING.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void listen() throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    assemble(channel);
                  }
                })
            .bind(config.bind())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(
          "cannot listen on " + config.bind() + ": " + bound.cause().getMessage(), bound.cause());
    }
    listening = bound.channel();
  }

  private void assemble(Channel channel) {
    if (connections.size() >= MAX_CONNECTIONS) {
      channel.close();
      return;
    }
    NodeConnection connection =
        new NodeConnection(Long.toHexString(random.nextLong()), config, handler, table);
    connections.add(connection);
    connection.ended().thenRun(() -> connections.remove(connection));
    SslHandler handshake = tls.newHandler(channel.alloc());
    handshake.setHandshakeTimeoutMillis(config.lease().toMillis());
    handshake.setCloseNotifyFlushTimeoutMillis(Tls.CLOSE_NOTIFY_MILLIS);
    channel
        .pipeline()
        .addLast(
            handshake,
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_HTTP_BODY),
            new HttpGate(),
            new WebSocketServerProtocolHandler(
                WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath(HttpGate.PATH)
                    .subprotocols(HttpGate.SUBPROTOCOL)
                    .handshakeTimeoutMillis(config.lease().toMillis())
                    .handleCloseFrames(false)
                    .sendCloseFrame(null)
                    .decoderConfig(
                        WebSocketDecoderConfig.newBuilder()
                            .maxFramePayloadLength(Limits.MESSAGE_BYTES)
                            .build())
                    .build()),
            new WebSocketFrameAggregator(Limits.MESSAGE_BYTES),
            connection.link());
  }
}
