package dev.assay.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where to listen: {@code HOST:PORT}, an IPv6 address in brackets, port 0 any free one. */
final class SocketAddressConverter implements ITypeConverter<InetSocketAddress> {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:/@\\s]+)):([0-9]{1,5})");

  @Override
  public InetSocketAddress convert(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
      throw new TypeConversionException("\"" + text + "\" is not HOST:PORT");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new InetSocketAddress(host, Integer.parseInt(matcher.group(3)));
  }
}
