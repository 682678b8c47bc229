package dev.assay.wire;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.TlsIdentity;
import java.time.Duration;

/**
 * How a node reaches its coordinator.
 *
 * @param address where it listens
 * @param coordinator the only key that is spoken to there
 * @param identity the node's certificate and private key
 * @param patience how long an attempt may take until the coordinator's welcome
 * @param firstRetry how long to wait after the first failure, at most
 * @param maxRetry how long to wait after many, at most
 */
public record ClientConfig(
    Address address,
    KeyId coordinator,
    TlsIdentity identity,
    Duration patience,
    Duration firstRetry,
    Duration maxRetry) {
  /** With a patience of 20 seconds and waits from half a second to a minute. */
  public ClientConfig(Address address, KeyId coordinator, TlsIdentity identity) {
    this(
        address,
        coordinator,
        identity,
        Duration.ofSeconds(20),
        Duration.ofMillis(500),
        Duration.ofMinutes(1));
  }
}
