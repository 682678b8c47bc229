package dev.assay.cli;

import dev.assay.job.NetworkMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a container reaches, as an option says it. */
final class NetworkConverter implements ITypeConverter<NetworkMode> {
  @Override
  public NetworkMode convert(String text) {
    return NetworkMode.of(text)
        .orElseThrow(() -> new TypeConversionException("expected none or outbound, found " + text));
  }
}
