package dev.assay.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Both clocks and all timers of a coordinator: they stand still until a test moves them. The wall
 * clock can jump without the other.
 */
final class ManualTime implements InstantSource, LongSupplier, Timers {
  private record Call(long at, Runnable task) {}

  private final List<Call> calls = new ArrayList<>();
  private Instant wall = Instant.parse("2026-11-22T12:00:00.900Z");
  private long nanos = 17;

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long getAsLong() {
    return nanos;
  }

  /** Lets time go by; what comes due is called, on this thread. */
  void pass(Duration time) {
    synchronized (this) {
      nanos += time.toNanos();
      wall = wall.plus(time);
    }
    for (Optional<Call> next = due(); next.isPresent(); next = due()) {
      next.get().task.run();
    }
  }

  /** Someone sets the wall clock. */
  synchronized void jump(Duration by) {
    wall = wall.plus(by);
  }

  @Override
  public synchronized Timer after(Duration wait, Runnable task) {
    Call call = new Call(nanos + wait.toNanos(), task);
    calls.add(call);
    return () -> cancel(call);
  }

  @Override
  public void every(Duration pause, Runnable task) {
    after(
        pause,
        () -> {
          task.run();
          every(pause, task);
        });
  }

  @Override
  public synchronized void close() {
    calls.clear();
  }

  private synchronized void cancel(Call call) {
    calls.remove(call);
  }

  private synchronized Optional<Call> due() {
    Optional<Call> first =
        calls.stream().filter(call -> call.at - nanos <= 0).min(Comparator.comparingLong(Call::at));
    first.ifPresent(calls::remove);
    return first;
  }
}
