package dev.assay.gpu.nvml;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A value that the library gave, or why it gave none. */
public sealed interface Measured<T> {
  /** The library's answer. */
  record Value<T>(T value) implements Measured<T> {}

  /**
   * No answer.
   *
   * @param reason in a few words, such as "the device does not support it"
   */
  record Not<T>(String reason) implements Measured<T> {}

  /** The value, if there is one. */
  default Optional<T> optional() {
    return this instanceof Value<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** The same with its value changed; a reason stays what it is. */
  default <R> Measured<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(change.apply(value));
      case Not<T>(String reason) -> new Not<>(reason);
    };
  }

  /** This, or if it is no value what {@code other} gives. */
  default Measured<T> or(Supplier<Measured<T>> other) {
    return this instanceof Value<T> ? this : other.get();
  }
}
