package dev.assay.cli;

import dev.assay.cli.config.Span;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option such as {@code 5m}, as the settings file has it. */
final class SpanConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Span.read(text)
        .orElseThrow(
            () -> new TypeConversionException("\"" + text + "\" is not a time such as \"5m\"."));
  }
}
