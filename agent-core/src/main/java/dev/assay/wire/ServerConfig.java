package dev.assay.wire;

import dev.assay.crypto.TlsIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a coordinator listens.
 *
 * @param bind where to listen; port 0 picks a free one
 * @param identity the coordinator's certificate and private key
 * @param name the coordinator's name, for people
 * @param version its software and version
 * @param heartbeat how often both sides send a heartbeat, whole seconds
 * @param lease how long a silent node keeps its session, whole seconds, more than a heartbeat
 */
public record ServerConfig(
    InetSocketAddress bind,
    TlsIdentity identity,
    String name,
    String version,
    Duration heartbeat,
    Duration lease) {
  /** Refuses times and names that a welcome could not carry. */
  public ServerConfig {
    welcome("0", 0, name, version, heartbeat, lease);
  }

  FromCoordinator.Welcome welcome(String session, long checkpointSize) {
    return welcome(session, checkpointSize, name, version, heartbeat, lease);
  }

  private static FromCoordinator.Welcome welcome(
      String session,
      long checkpointSize,
      String name,
      String version,
      Duration heartbeat,
      Duration lease) {
    return new FromCoordinator.Welcome(
        Limits.PROTOCOL_VERSION,
        session,
        Math.toIntExact(heartbeat.toSeconds()),
        Math.toIntExact(lease.toSeconds()),
        name,
        version,
        checkpointSize);
  }
}
