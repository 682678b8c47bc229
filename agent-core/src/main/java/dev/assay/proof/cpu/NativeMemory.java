package dev.assay.proof.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Memory outside the Java heap that is given back when this is closed, however large it is.
 *
 * <p>{@code java.lang.foreign} does that, but only from Java 22 on is it part of the platform, so
 * it is reached by name. Where it is missing, memory comes as direct buffers and goes back when the
 * collector finds them unused.
 */
final class NativeMemory implements AutoCloseable {
  private static final Optional<Foreign> FOREIGN = Foreign.find();
  private static final int ALIGNMENT = 64;

  private final Optional<Object> arena;

  NativeMemory() {
    this(true);
  }

  /** Takes direct buffers where {@code preferForeign} is false, as on a platform without. */
  NativeMemory(boolean preferForeign) {
    this.arena = FOREIGN.filter(foreign -> preferForeign).map(Foreign::newArena);
  }

  /**
   * A zeroed part, which may be used until this is closed. Several threads may ask at once.
   *
   * @throws OutOfMemoryError if the machine or the Java process has no more to give
   */
  ByteBuffer allocate(int bytes) {
    if (arena.isPresent()) {
      return FOREIGN.orElseThrow().allocate(arena.get(), bytes);
    }
    return ByteBuffer.allocateDirect(bytes + ALIGNMENT).alignedSlice(ALIGNMENT);
  }

  /** So many zeroed bytes in one piece, however many; empty where that cannot be had. */
  Optional<Mapping> map(long bytes) {
    return arena.flatMap(open -> Mapping.of(bytes, open));
  }

  /** Gives the memory back. Nobody may be using a part. */
  @Override
  public void close() {
    arena.ifPresent(open -> FOREIGN.orElseThrow().close(open));
  }

  /** The few methods of {@code java.lang.foreign.Arena} that are needed. */
  private record Foreign(MethodHandle ofShared, MethodHandle allocate, MethodHandle close) {
    static Optional<Foreign> find() {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        MethodHandle allocate =
            lookup.findVirtual(
                arena, "allocate", MethodType.methodType(segment, long.class, long.class));
        MethodHandle asBuffer =
            lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
        return Optional.of(
            new Foreign(
                lookup.findStatic(arena, "ofShared", MethodType.methodType(arena)),
                MethodHandles.filterReturnValue(allocate, asBuffer),
                lookup.findVirtual(arena, "close", MethodType.methodType(void.class))));
      } catch (ReflectiveOperationException e) {
        return Optional.empty();
      }
    }

    Object newArena() {
      return call(() -> ofShared.invoke());
    }

    ByteBuffer allocate(Object arena, long bytes) {
      return (ByteBuffer) call(() -> allocate.invoke(arena, bytes, (long) ALIGNMENT));
    }

    void close(Object arena) {
      call(() -> close.invokeWithArguments(arena));
    }

    private static Object call(Call call) {
      try {
        return call.run();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("java.lang.foreign threw a checked exception", e);
      }
    }

    private interface Call {
      Object run() throws Throwable;
    }
  }
}
