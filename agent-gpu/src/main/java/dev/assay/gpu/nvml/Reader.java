package dev.assay.gpu.nvml;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Calls with results behind pointers, of the whole library or of one device. */
final class Reader {
  private final NvmlLibrary library;
  private final long deadline;
  private final Measured<Integer> ready;
  private final List<Object> first;

  /**
   * @param ready a value if calls make sense, else the reason that every reading then has
   * @param first what all calls begin with: a device's handle, or nothing
   */
  Reader(NvmlLibrary library, long deadline, Measured<Integer> ready, Pointer... first) {
    this.library = library;
    this.deadline = deadline;
    this.ready = ready;
    this.first = List.of(first.length > 0 && first[0] != null ? first : new Pointer[0]);
  }

  /** The call's result code, whatever it is. */
  Measured<Integer> code(String function, Object... rest) {
    if (ready instanceof Measured.Not<Integer>) {
      return ready;
    }
    List<Object> arguments = new ArrayList<>(first);
    arguments.addAll(Arrays.asList(rest));
    return library.call(deadline, function, arguments.toArray());
  }

  /** {@code value} after the call succeeded. */
  <T> Measured<T> read(String function, Supplier<T> value, Object... rest) {
    return switch (code(function, rest)) {
      case Measured.Value<Integer>(Integer code) when code == NvmlResult.SUCCESS ->
          new Measured.Value<>(value.get());
      case Measured.Value<Integer>(Integer code) -> new Measured.Not<>(NvmlResult.reason(code));
      case Measured.Not<Integer>(String reason) -> new Measured.Not<>(reason);
    };
  }

  /** A text that the library writes into a buffer of that many bytes. */
  Measured<String> text(String function, int size) {
    byte[] buffer = new byte[size];
    return this.<String>read(
        function, () -> Native.toString(buffer, StandardCharsets.UTF_8), buffer, size);
  }

  /** An unsigned 32-bit number behind the last pointer. */
  Measured<Long> number(String function, Object... before) {
    IntByReference out = new IntByReference();
    return read(function, () -> Integer.toUnsignedLong(out.getValue()), with(before, out));
  }

  /** A 64-bit number behind the last pointer. */
  Measured<Long> wide(String function, Object... before) {
    LongByReference out = new LongByReference();
    return read(function, out::getValue, with(before, out));
  }

  private static Object[] with(Object[] before, Object last) {
    Object[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = last;
    return all;
  }
}
