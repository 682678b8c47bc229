package dev.assay.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.assay.crypto.PublicKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket as either side sees it: decodes and answers what cannot be decoded, hands messages
 * to its listener in order, bounds what waits in both directions, and ends for exactly one reason.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end
final class Link<I extends Message, O extends Message>
    extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Messages that may wait for a slow listener before the socket is read no further. */
  private static final int MAX_WAITING = 32;

  /** Malformed or misplaced messages that a connection survives. */
  private static final int MAX_STRIKES = 8;

  /** How long the other side has to answer a close frame. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** What a close frame can hold of a reason (RFC 6455 §5.5), all ASCII or cut to it. */
  private static final int MAX_REASON = 120;

  private final Side<I, O> side;
  private final LinkListener<I> listener;
  private final Duration patience;
  private final Mailbox mailbox = new Mailbox("assay-session");
  private final AtomicReference<SessionEnd> end = new AtomicReference<>();
  private final AtomicInteger strikes = new AtomicInteger();
  private volatile Channel channel;
  private volatile Outbox outbox;
  private volatile PublicKey peer;
  private volatile boolean webSocket;
  private volatile boolean deaf;
  private Liveness liveness;

  /**
   * A link that is not connected yet.
   *
   * @param patience how long the connection may exist before {@link #beginLease}
   */
  Link(Side<I, O> side, Duration patience, LinkListener<I> listener) {
    super(WebSocketFrame.class);
    this.side = side;
    this.patience = patience;
    this.listener = listener;
  }

  /** Whether no reason to end has been seen yet. */
  boolean isAlive() {
    return end.get() == null;
  }

  /** The key that the other side showed in the TLS handshake; known once the link is open. */
  PublicKey peer() {
    return peer;
  }

  /** From now on both sides send heartbeats and expect to hear something within the lease. */
  void beginLease(Duration heartbeat, Duration lease) {
    channel.eventLoop().execute(() -> liveness.beginLease(heartbeat, lease));
  }

  /** Queues a message, as {@link Session#send} promises. */
  @CanIgnoreReturnValue
  CompletableFuture<Void> send(O message) {
    if (!isAlive()) {
      return CompletableFuture.failedFuture(
          new SessionClosedException("the session has ended: " + end.get().reason()));
    }
    Optional<CompletableFuture<Void>> sent = outbox.send(side.out().encode(message));
    if (sent.isEmpty()) {
      String reason = "the receiver reads too slowly: the send queue is full";
      close(CloseCode.SLOW_READER, reason);
      return CompletableFuture.failedFuture(new SessionClosedException(reason));
    }
    return sent.get();
  }

  /** Tells the other side that its message has no place here now; too many of them end the link. */
  void rejectOutOfOrder(I message, String sentence) {
    if (!(message instanceof Fault)) {
      strike(new Fault(Fault.OUT_OF_ORDER, sentence, side.in().type(message)));
    }
  }

  /**
   * Ends the link after what is queued to be sent, unless it has ended. What waits for the listener
   * is dropped: the other side has no answer to it and will repeat it.
   */
  void close(CloseCode code, String reason) {
    deaf = true;
    if (!end.compareAndSet(null, new SessionEnd(code.number(), reason, Optional.empty()))) {
      return;
    }
    channel
        .eventLoop()
        .execute(
            () -> {
              if (webSocket && code.isSent()) {
                channel.writeAndFlush(closeFrame(code.number(), reason));
                channel
                    .eventLoop()
                    .schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
              } else {
                channel.close();
              }
            });
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    outbox = new Outbox(channel);
    liveness = new Liveness(channel, outbox, () -> send(side.heartbeat()), this::close);
    liveness.await(patience);
    channel.closeFuture().addListener(closed -> channel.eventLoop().execute(this::finish));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event)
      throws SSLPeerUnverifiedException {
    if (event instanceof HandshakeComplete
        || event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      peer = Tls.peer(ctx.pipeline().get(SslHandler.class));
      webSocket = true;
      liveness.heard();
      mailbox.put(() -> guarded(listener::onOpen));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    liveness.heard();
    switch (frame) {
      case TextWebSocketFrame text -> receive(text.text());
      case CloseWebSocketFrame close -> closed(close);
      default -> close(CloseCode.UNSUPPORTED_DATA, "only text messages are spoken here");
    }
  }

  private void receive(String text) {
    if (!isAlive()) {
      return;
    }
    try {
      I message = side.in().decode(text);
      if (!(message instanceof Heartbeat)) {
        mailbox.put(() -> deliver(message));
        if (mailbox.size() >= MAX_WAITING) {
          liveness.pauseReading();
          resumeIfDrained();
        }
      }
    } catch (UnknownTypeException e) {
      send(side.fault().apply(new Fault(Fault.UNKNOWN_TYPE, e.getMessage(), e.type())));
    } catch (IllegalArgumentException e) {
      strike(new Fault(Fault.MALFORMED, cut(e.getMessage(), Limits.SENTENCE_LENGTH)));
    }
  }

  private void strike(Fault fault) {
    send(side.fault().apply(fault));
    if (strikes.incrementAndGet() >= MAX_STRIKES) {
      close(CloseCode.MALFORMED, "too many malformed or misplaced messages");
    }
  }

  private void deliver(I message) {
    if (!deaf) {
      guarded(() -> listener.onMessage(message));
    }
    if (!channel.config().isAutoRead()) {
      channel.eventLoop().execute(this::resumeIfDrained);
    }
  }

  /** Asked by whoever pauses as well as by whoever drains, so that neither misses the other. */
  private void resumeIfDrained() {
    if (mailbox.size() < MAX_WAITING / 2) {
      liveness.resumeReading();
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("a session's handler failed; the session ends", e);
      close(CloseCode.INTERNAL, "internal error: the log of the side that closed says more");
    }
  }

  private void closed(CloseWebSocketFrame frame) {
    boolean theirs =
        end.compareAndSet(
            null,
            new SessionEnd(
                frame.statusCode() < 0 ? CloseCode.NORMAL.number() : frame.statusCode(),
                frame.reasonText(),
                Optional.empty()));
    if (theirs) {
      channel
          .writeAndFlush(closeFrame(end.get().code(), ""))
          .addListener(written -> channel.close());
    } else {
      channel.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    SessionEnd reason = Failures.describe(cause);
    LOG.debug("connection failed: {}", reason.reason(), cause);
    if (reason.is(CloseCode.TOO_LARGE)) {
      close(CloseCode.TOO_LARGE, reason.reason());
    } else {
      end.compareAndSet(null, reason);
      channel.close();
    }
  }

  /** Ends a link that could not be connected; it may not even have a channel. */
  void unreachable(String sentence) {
    end.compareAndSet(
        null, new SessionEnd(CloseCode.CONNECTION_LOST.number(), sentence, Optional.empty()));
    if (channel == null) {
      tellEnd();
    } else {
      channel.close();
    }
  }

  private void finish() {
    liveness.stop();
    end.compareAndSet(
        null,
        new SessionEnd(
            CloseCode.CONNECTION_LOST.number(),
            "the connection ended without a word",
            Optional.empty()));
    tellEnd();
  }

  private void tellEnd() {
    SessionEnd why = end.get();
    mailbox.putLast(() -> guarded(() -> listener.onEnd(why)));
  }

  private static CloseWebSocketFrame closeFrame(int number, String reason) {
    return new CloseWebSocketFrame(
        number, cut(reason.replaceAll("[^\\x20-\\x7e]", "?"), MAX_REASON));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 3) + "...";
  }
}
