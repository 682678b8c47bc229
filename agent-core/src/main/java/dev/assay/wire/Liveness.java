package dev.assay.wire;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Notices, by the monotonic clock, that the other side is gone or that nothing gets through to it.
 * A link of which this side itself reads no more, because its handler is slow, is not counted as
 * silent. All methods run on the channel's event loop.
 */
final class Liveness {
  private final Channel channel;
  private final Outbox outbox;
  private final Runnable sendHeartbeat;
  private final BiConsumer<CloseCode, String> close;
  private final List<ScheduledFuture<?>> timers = new ArrayList<>();
  private long lastHeard = System.nanoTime();

  Liveness(
      Channel channel, Outbox outbox, Runnable sendHeartbeat, BiConsumer<CloseCode, String> close) {
    this.channel = channel;
    this.outbox = outbox;
    this.sendHeartbeat = sendHeartbeat;
    this.close = close;
  }

  /** Ends the link unless a session stands within {@code patience}. */
  void await(Duration patience) {
    after(
        patience.toNanos(),
        () -> close.accept(CloseCode.LEASE_ENDED, "no session stood after " + seconds(patience)));
  }

  void beginLease(Duration heartbeat, Duration lease) {
    stop();
    heard();
    timers.add(
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                this::beat, heartbeat.toNanos(), heartbeat.toNanos(), TimeUnit.NANOSECONDS));
    check(lease);
  }

  void heard() {
    lastHeard = System.nanoTime();
  }

  void pauseReading() {
    channel.config().setAutoRead(false);
  }

  void resumeReading() {
    if (!channel.config().isAutoRead()) {
      heard();
      channel.config().setAutoRead(true);
    }
  }

  void stop() {
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
  }

  /** A heartbeat behind messages that still wait would say nothing more, so none is queued. */
  private void beat() {
    if (outbox.isEmpty()) {
      sendHeartbeat.run();
    }
  }

  private void check(Duration lease) {
    long silent = channel.config().isAutoRead() ? System.nanoTime() - lastHeard : 0;
    long stalled = outbox.stalledNanos();
    if (silent >= lease.toNanos()) {
      close.accept(CloseCode.LEASE_ENDED, "nothing was heard for " + seconds(lease));
    } else if (stalled >= lease.toNanos()) {
      close.accept(CloseCode.LEASE_ENDED, "nothing could be sent for " + seconds(lease));
    } else {
      after(lease.toNanos() - Math.max(silent, stalled), () -> check(lease));
    }
  }

  private void after(long nanos, Runnable task) {
    timers.removeIf(ScheduledFuture::isDone);
    timers.add(channel.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS));
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
