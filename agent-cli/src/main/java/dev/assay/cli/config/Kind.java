package dev.assay.cli.config;

import dev.assay.wire.Address;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/** A kind of value: how it is written, and what is allowed. */
interface Kind<T> {
  /** What is allowed, to go after "expected". */
  String expects();

  /** The value that TOML's value stands for, or empty if it is not allowed. */
  Optional<T> read(Object toml);

  /** The value as TOML; empty if it stands for a key that is left out. */
  String write(T value);

  static Kind<Boolean> flag() {
    return new Simple<>(
        "true or false",
        toml -> toml instanceof Boolean value ? Optional.of(value) : Optional.empty(),
        String::valueOf);
  }

  static Kind<Long> count(long least, long most) {
    return new Simple<>(
        "a whole number from " + least + " to " + most,
        toml -> toml instanceof Long value ? within(value, least, most) : Optional.empty(),
        String::valueOf);
  }

  /** An amount of memory in bytes. */
  static Kind<Long> size(long least, long most) {
    return new Simple<>(
        "a size such as \"4GiB\", from " + Size.write(least) + " to " + Size.write(most),
        toml -> Size.read(toml).flatMap(value -> within(value, least, most)),
        value -> quoted(Size.write(value)));
  }

  static Kind<Duration> duration(Duration least, Duration most) {
    return new Simple<>(
        "a time such as \"30s\", from " + Span.write(least) + " to " + Span.write(most),
        toml ->
            Span.read(toml)
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
        value -> quoted(Span.write(value)));
  }

  /** Processors, in thousandths: {@code 1.5} is 1500. */
  static Kind<Long> processors(long leastMilli, long mostMilli) {
    return new Simple<>(
        "a number of processors such as 1.5, from "
            + number(leastMilli)
            + " to "
            + number(mostMilli),
        toml -> milli(toml).flatMap(value -> within(value, leastMilli, mostMilli)),
        Kind::number);
  }

  /** A load average, in thousandths. */
  static Kind<Long> load(long mostMilli) {
    return new Simple<>(
        "a load average such as 0.5, from 0 to " + number(mostMilli),
        toml -> milli(toml).flatMap(value -> within(value, 0, mostMilli)),
        Kind::number);
  }

  static Kind<Address> address() {
    return new Simple<>(
        "HOST:PORT such as \"192.0.2.7:7443\"",
        toml -> {
          try {
            return toml instanceof String text
                ? Optional.of(Address.parse(text))
                : Optional.empty();
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        },
        value -> quoted(value.toString()));
  }

  static Kind<String> text(String expects, Pattern allowed) {
    return new Simple<>(
        expects,
        toml ->
            toml instanceof String text && allowed.matcher(text).matches()
                ? Optional.of(text)
                : Optional.empty(),
        Kind::quoted);
  }

  /** One of a few words. */
  static <T> Kind<T> word(
      String expects, Function<String, Optional<T>> read, Function<T, String> write) {
    return new Simple<>(
        expects,
        toml -> toml instanceof String text ? read.apply(text) : Optional.empty(),
        value -> quoted(write.apply(value)));
  }

  /** A list of texts. */
  static Kind<List<String>> texts(String expects, Predicate<String> allowed) {
    return new Simple<>(
        "a list of " + expects,
        toml -> {
          if (!(toml instanceof TomlArray list)) {
            return Optional.empty();
          }
          boolean right =
              list.toList().stream()
                  .allMatch(item -> item instanceof String text && allowed.test(text));
          return right
              ? Optional.of(list.toList().stream().map(String.class::cast).toList())
              : Optional.empty();
        },
        texts -> texts.stream().map(Kind::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  /** A kind whose key may be left out, which then has a meaning of its own. */
  static <T> Kind<Optional<T>> optional(Kind<T> kind) {
    return new Simple<>(
        kind.expects(),
        toml -> {
          Optional<T> value = kind.read(toml);
          return value.isPresent() ? Optional.of(value) : Optional.empty();
        },
        value -> value.map(kind::write).orElse(""));
  }

  private static Optional<Long> within(long value, long least, long most) {
    return value >= least && value <= most ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Long> milli(Object toml) {
    if (toml instanceof Long whole && Math.abs(whole) < Integer.MAX_VALUE) {
      return Optional.of(whole * 1000);
    }
    return toml instanceof Double part && Math.abs(part) < Integer.MAX_VALUE
        ? Optional.of(Math.round(part * 1000))
        : Optional.empty();
  }

  private static String number(long milli) {
    return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
