package dev.assay.proof.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Memory of any size in one piece, as Linux lends it: zero, in huge pages, and taken page by page
 * as it is first written. A Java machine has no such memory of its own: its buffers end at 2 GiB,
 * and its segments are zeroed in one step that nothing interrupts.
 *
 * <p>{@code java.lang.foreign} is part of the platform only from Java 22 on and so is reached by
 * name. A process must have been started with {@code --enable-native-access}.
 */
final class Mapping {
  private static final Optional<Calls> CALLS = Calls.find();
  private static final long HUGE_PAGE = 2L << 20;

  /** {@code <sys/mman.h>} of Linux: PROT_READ | PROT_WRITE. */
  private static final int READ_WRITE = 3;

  /** MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE. */
  private static final int PRIVATE_ANONYMOUS = 0x4022;

  private static final int MADV_HUGEPAGE = 14;
  private static final long FAILED = -1;

  private final Object segment;

  private Mapping(Object segment) {
    this.segment = segment;
  }

  /**
   * So many bytes until the arena is closed; empty where this platform or process has no mappings.
   *
   * @param arena a shared {@code java.lang.foreign.Arena}
   * @throws OutOfMemoryError if the system refuses
   */
  static Optional<Mapping> of(long bytes, Object arena) {
    return CALLS.map(system -> new Mapping(system.map(bytes, arena)));
  }

  /** The {@code MemorySegment}. */
  Object segment() {
    return segment;
  }

  /** A part of it as a buffer. */
  ByteBuffer buffer(long offset, long bytes) {
    return CALLS.orElseThrow().buffer(segment, offset, bytes);
  }

  /** What is used of the C library and of {@code java.lang.foreign}. */
  private record Calls(
      MethodHandle mmap,
      MethodHandle munmap,
      MethodHandle madvise,
      Method ofAddress,
      Method reinterpret,
      Method asSlice,
      Method asByteBuffer) {

    static Optional<Calls> find() {
      if (!System.getProperty("os.name").equals("Linux")) {
        return Optional.empty();
      }
      try {
        Module module = Mapping.class.getModule();
        if (!(boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module)) {
          return Optional.empty();
        }
        Downcalls calls = new Downcalls();
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        return Optional.of(
            new Calls(
                calls.find("mmap", "JJJIIIJ"),
                calls.find("munmap", "IJJ"),
                calls.find("madvise", "IJJI"),
                segment.getMethod("ofAddress", long.class),
                segment.getMethod("reinterpret", long.class, arena, Consumer.class),
                segment.getMethod("asSlice", long.class, long.class),
                segment.getMethod("asByteBuffer")));
      } catch (ReflectiveOperationException e) {
        return Optional.empty();
      }
    }

    Object map(long bytes, Object arena) {
      long whole = bytes + HUGE_PAGE;
      try {
        long at = (long) mmap.invokeExact(0L, whole, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
        if (at == FAILED) {
          throw new OutOfMemoryError("the system gives no " + bytes + " bytes in one piece");
        }
        long aligned = (at + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
        // Only advice: a kernel without huge pages answers no, and the mapping is as good.
        int unused = (int) madvise.invokeExact(aligned, bytes, MADV_HUGEPAGE);
        Consumer<Object> cleanup = mapped -> unmap(at, whole);
        return reinterpret.invoke(ofAddress.invoke(null, aligned), bytes, arena, cleanup);
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("memory could not be mapped", e);
      }
    }

    ByteBuffer buffer(Object segment, long offset, long bytes) {
      try {
        return (ByteBuffer) asByteBuffer.invoke(asSlice.invoke(segment, offset, bytes));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("a mapping could not be sliced", e);
      }
    }

    private void unmap(long at, long bytes) {
      try {
        int unused = (int) munmap.invokeExact(at, bytes);
      } catch (Throwable e) {
        throw new IllegalStateException("memory could not be unmapped", e);
      }
    }
  }
}
