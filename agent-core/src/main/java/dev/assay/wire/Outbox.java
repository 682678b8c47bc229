package dev.assay.wire;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Messages on their way to the socket: at most {@value #MAX_QUEUED} characters at a time. */
final class Outbox {
  static final int MAX_QUEUED = 4 << 20;

  private final Channel channel;
  private final AtomicLong queued = new AtomicLong();
  private volatile long lastProgress = System.nanoTime();

  Outbox(Channel channel) {
    this.channel = channel;
  }

  /** Queues a message, or returns empty if it has no room. */
  Optional<CompletableFuture<Void>> send(String text) {
    long before = queued.getAndAdd(text.length());
    if (before + text.length() > MAX_QUEUED) {
      queued.addAndGet(-text.length());
      return Optional.empty();
    }
    if (before == 0) {
      lastProgress = System.nanoTime();
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    channel
        .writeAndFlush(new TextWebSocketFrame(text))
        .addListener(
            written -> {
              queued.addAndGet(-text.length());
              lastProgress = System.nanoTime();
              if (written.isSuccess()) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(
                    new SessionClosedException("the session ended before the message left"));
              }
            });
    return Optional.of(sent);
  }

  boolean isEmpty() {
    return queued.get() == 0;
  }

  /** For how long messages have waited without one of them leaving; 0 if none waits. */
  long stalledNanos() {
    return isEmpty() ? 0 : System.nanoTime() - lastProgress;
  }
}
