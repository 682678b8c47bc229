package dev.assay.cli.config;

import java.util.Optional;
import java.util.function.Function;

/** A kind made of its three parts. */
record Simple<T>(String expects, Function<Object, Optional<T>> reader, Function<T, String> writer)
    implements Kind<T> {
  @Override
  public Optional<T> read(Object toml) {
    return reader.apply(toml);
  }

  @Override
  public String write(T value) {
    return writer.apply(value);
  }
}
