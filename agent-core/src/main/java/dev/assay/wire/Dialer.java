package dev.assay.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Makes connections to one coordinator, on one network thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end
final class Dialer implements AutoCloseable {
  private static final int MAX_HTTP_ANSWER = 8192;

  private final ClientConfig config;
  private final SslContext tls;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("assay-wire-client", true), NioIoHandler.newFactory());

  Dialer(ClientConfig config) {
    this.config = config;
    try {
      this.tls = Tls.client(config.identity(), config.coordinator());
    } catch (SSLException e) {
      throw new IllegalStateException("this Java cannot do TLS 1.3 with an Ed25519 key", e);
    }
  }

  /** Connects; all that follows, a failure too, is told to the link's listener. */
  void dial(Link<FromCoordinator, FromNode> link) {
    InetSocketAddress address = config.address().resolve();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(config.patience().toMillis()))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    assemble(channel, link);
                  }
                });
    ChannelFuture registered = bootstrap.register().awaitUninterruptibly();
    Channel channel = registered.channel();
    if (!registered.isSuccess()) {
      link.unreachable("no socket could be opened: " + registered.cause().getMessage());
    } else if (address.isUnresolved()) {
      link.unreachable("the host " + config.address().host() + " is not known");
    } else {
      channel
          .connect(address)
          .addListener(
              connected -> {
                if (!connected.isSuccess()) {
                  link.unreachable(
                      config.address() + " cannot be reached: " + connected.cause().getMessage());
                }
              });
    }
  }

  private void assemble(Channel channel, Link<FromCoordinator, FromNode> link) {
    SslHandler handler =
        tls.newHandler(channel.alloc(), config.address().host(), config.address().port());
    handler.setHandshakeTimeoutMillis(config.patience().toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(Tls.CLOSE_NOTIFY_MILLIS);
    channel
        .pipeline()
        .addLast(
            handler,
            new HttpClientCodec(),
            new HttpObjectAggregator(MAX_HTTP_ANSWER),
            new WebSocketClientProtocolHandler(
                WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri("wss://" + config.address() + HttpGate.PATH)
                    .version(WebSocketVersion.V13)
                    .subprotocol(HttpGate.SUBPROTOCOL)
                    .maxFramePayloadLength(Limits.MESSAGE_BYTES)
                    .handshakeTimeoutMillis(config.patience().toMillis())
                    .handleCloseFrames(false)
                    .sendCloseFrame(null)
                    .build()),
            new WebSocketFrameAggregator(Limits.MESSAGE_BYTES),
            link);
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
