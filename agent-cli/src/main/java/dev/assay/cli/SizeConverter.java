package dev.assay.cli;

import dev.assay.cli.config.Size;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option such as {@code 4GiB}, as the settings file has it. */
final class SizeConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return Size.read(text)
        .orElseThrow(
            () -> new TypeConversionException("\"" + text + "\" is not a size such as \"4GiB\"."));
  }
}
