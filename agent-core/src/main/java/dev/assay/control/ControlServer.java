package dev.assay.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Listens on a Unix domain socket that only its owner can reach. */
public final class ControlServer implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;
  private static final long GRACE_MILLIS = 2000;

  private final Path socket;
  private final MultiThreadIoEventLoopGroup group;
  private final ChannelGroup connections;
  private final Channel listening;

  private ControlServer(
      Path socket, MultiThreadIoEventLoopGroup group, ChannelGroup connections, Channel listening) {
    this.socket = socket;
    this.group = group;
    this.connections = connections;
    this.listening = listening;
  }

  /**
   * Listens on {@code socket}, with mode 0600 in a directory of mode 0700 that is made if missing.
   * A socket that a dead process left is replaced.
   *
   * @throws IOException if another process answers there, or the socket cannot be made
   */
  public static ControlServer start(Path socket, ControlHandler handler) throws IOException {
    SocketFile file = new SocketFile(socket);
    file.prepare();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("assay-control", true), NioIoHandler.newFactory());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_BODY),
                            new ControlExchange(handler));
                  }
                })
            .bind(UnixDomainSocketAddress.of(socket))
            .awaitUninterruptibly();
    ControlServer server = new ControlServer(socket, group, connections, bound.channel());
    if (!bound.isSuccess()) {
      server.stop();
      throw new IOException(
          "cannot listen on " + socket + ": " + bound.cause().getMessage(), bound.cause());
    }
    file.restrict();
    return server;
  }

  /**
   * Stops listening, cuts streams short, gives other answers two seconds to be sent, and removes
   * the socket.
   */
  @Override
  public void close() throws IOException {
    if (group.isShuttingDown()) {
      return;
    }
    stop();
    Files.deleteIfExists(socket);
  }

  private static boolean isAnswering(Channel channel) {
    ControlExchange exchange = channel.pipeline().get(ControlExchange.class);
    return exchange != null && exchange.isAnswering();
  }

  private void stop() {
    listening.close().awaitUninterruptibly();
    connections.close(channel -> !isAnswering(channel)).awaitUninterruptibly();
    connections.newCloseFuture().awaitUninterruptibly(GRACE_MILLIS);
    connections.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
