package dev.assay.proof.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.Optional;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors from and to memory outside the heap. They need a {@code MemorySegment}, which is part of
 * the platform only from Java 22 on, and so is reached by name; the handles are constants, which
 * the compiler sees through.
 */
final class Segments {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final Optional<Class<?>> SEGMENT = segment();
  private static final MethodHandle LOAD = handle(Segments::load);
  private static final MethodHandle STORE = handle(Segments::store);

  private Segments() {}

  static boolean areThere() {
    return SEGMENT.isPresent();
  }

  /** The vector that begins {@code offset} bytes into the segment. */
  static IntVector load(Object segment, long offset) {
    try {
      return (IntVector) LOAD.invokeExact(segment, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Writes the vector {@code offset} bytes into the segment. */
  static void store(IntVector vector, Object segment, long offset) {
    try {
      STORE.invokeExact(vector, segment, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MethodHandle load(MethodHandles.Lookup lookup, Class<?> segment)
      throws ReflectiveOperationException {
    MethodType type =
        MethodType.methodType(
            IntVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class);
    MethodHandle load = lookup.findStatic(IntVector.class, "fromMemorySegment", type);
    load = MethodHandles.insertArguments(load, 3, ByteOrder.LITTLE_ENDIAN);
    return MethodHandles.insertArguments(load, 0, SPECIES)
        .asType(MethodType.methodType(IntVector.class, Object.class, long.class));
  }

  private static MethodHandle store(MethodHandles.Lookup lookup, Class<?> segment)
      throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(void.class, segment, long.class, ByteOrder.class);
    MethodHandle store = lookup.findVirtual(IntVector.class, "intoMemorySegment", type);
    return MethodHandles.insertArguments(store, 3, ByteOrder.LITTLE_ENDIAN)
        .asType(MethodType.methodType(void.class, IntVector.class, Object.class, long.class));
  }

  private static Optional<Class<?>> segment() {
    try {
      return Optional.of(Class.forName("java.lang.foreign.MemorySegment"));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static MethodHandle handle(Finder finder) {
    if (SEGMENT.isEmpty()) {
      return null;
    }
    try {
      return finder.find(MethodHandles.publicLookup(), SEGMENT.get());
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a memory segment threw a checked exception", e);
  }

  private interface Finder {
    MethodHandle find(MethodHandles.Lookup lookup, Class<?> segment)
        throws ReflectiveOperationException;
  }
}
