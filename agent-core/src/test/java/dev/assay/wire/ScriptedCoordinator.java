package dev.assay.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A coordinator of a few lines that does as a test says, right or wrong. */
@SuppressWarnings("FutureReturnValueIgnored") // what a node got is what a test looks at
final class ScriptedCoordinator implements AutoCloseable {
  static final String WELCOME =
      "{\"type\":\"welcome\",\"version\":1,\"session\":\"s1\",\"heartbeatSeconds\":1,"
          + "\"leaseSeconds\":2,\"coordinator\":\"script\",\"coordinatorVersion\":\"0\","
          + "\"checkpointSize\":0}";

  /** What the coordinator does at each text of a node; TLS and HTTP go well before. */
  @FunctionalInterface
  interface Script {
    void onText(Connection connection, String text);

    /** Called before the TLS handshake; the default lets it happen. */
    default boolean acceptsTls() {
      return true;
    }
  }

  /** One node's connection. */
  record Connection(Channel channel) {
    void send(String text) {
      channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    void send(FromCoordinator message) {
      send(MessageCodec.FROM_COORDINATOR.encode(message));
    }

    void close(int code, String reason) {
      channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
    }

    /** Ends the connection without a word. */
    void drop() {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.unsafe().closeForcibly();
    }
  }

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;

  ScriptedCoordinator(Script script) throws Exception {
    SslContext tls = Tls.server(Loopback.COORDINATOR.identity());
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (script.acceptsTls()) {
                      assemble(channel, tls, script);
                    }
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private static void assemble(Channel channel, SslContext tls, Script script) {
    channel
        .pipeline()
        .addLast(
            tls.newHandler(channel.alloc()),
            new HttpServerCodec(),
            new HttpObjectAggregator(1024),
            new WebSocketServerProtocolHandler("/assay", "assay.v1", false, 1 << 20),
            new SimpleChannelInboundHandler<WebSocketFrame>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
                if (frame instanceof TextWebSocketFrame text) {
                  script.onText(new Connection(ctx.channel()), text.text());
                }
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
              }
            });
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
