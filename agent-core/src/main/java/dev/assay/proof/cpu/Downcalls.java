package dev.assay.proof.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Optional;

/** Functions of the C library, through {@code java.lang.foreign.Linker} reached by name. */
final class Downcalls {
  private final Object linker;
  private final Object library;
  private final Method find;
  private final Method handle;
  private final Method descriptor;
  private final Class<?> layout;
  private final Class<?> values;
  private final Object noOptions;

  Downcalls() throws ReflectiveOperationException {
    Class<?> linkers = Class.forName("java.lang.foreign.Linker");
    Class<?> options = Class.forName("java.lang.foreign.Linker$Option");
    Class<?> descriptors = Class.forName("java.lang.foreign.FunctionDescriptor");
    Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
    this.layout = Class.forName("java.lang.foreign.MemoryLayout");
    this.values = Class.forName("java.lang.foreign.ValueLayout");
    this.linker = linkers.getMethod("nativeLinker").invoke(null);
    this.library = linkers.getMethod("defaultLookup").invoke(linker);
    this.find = Class.forName("java.lang.foreign.SymbolLookup").getMethod("find", String.class);
    this.noOptions = Array.newInstance(options, 0);
    this.handle = linkers.getMethod("downcallHandle", segments, descriptors, options.arrayType());
    this.descriptor = descriptors.getMethod("of", layout, layout.arrayType());
  }

  /**
   * A function.
   *
   * @param signature the result and the parameters, {@code J} for 64 bits and {@code I} for 32
   */
  MethodHandle find(String name, String signature) throws ReflectiveOperationException {
    Object parameters = Array.newInstance(layout, signature.length() - 1);
    for (int i = 1; i < signature.length(); i++) {
      Array.set(parameters, i - 1, layout(signature.charAt(i)));
    }
    Object type = descriptor.invoke(null, layout(signature.charAt(0)), parameters);
    Optional<?> address = (Optional<?>) find.invoke(library, name);
    if (address.isEmpty()) {
      throw new NoSuchMethodException(name);
    }
    return (MethodHandle) handle.invoke(linker, address.get(), type, noOptions);
  }

  private Object layout(char kind) throws ReflectiveOperationException {
    return values.getField(kind == 'J' ? "JAVA_LONG" : "JAVA_INT").get(null);
  }
}
