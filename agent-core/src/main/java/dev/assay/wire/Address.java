package dev.assay.wire;

import java.net.InetSocketAddress;

/** Where a coordinator listens: a host name or IP address, and a port; not resolved yet. */
public record Address(String host, int port) {
  private static final int MAX_HOST = 253;

  /** Checks that host and port can be ones. */
  public Address {
    if (host.isEmpty()
        || host.length() > MAX_HOST
        || !host.chars().allMatch(c -> c > ' ' && c < 127 && "[]/@\\".indexOf(c) < 0)) {
      throw new IllegalArgumentException("not a host name or IP address: \"" + host + "\"");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
    }
  }

  /** Reads {@code host:port}, an IPv6 address in brackets. */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException("expected HOST:PORT, found \"" + text + "\"");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      return new Address(host.substring(1, host.length() - 1), port);
    }
    if (host.contains(":")) {
      throw new IllegalArgumentException(
          "an IPv6 address stands in brackets before its port: [" + host + "]:" + port);
    }
    return new Address(host, port);
  }

  /** Looks the host up. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
