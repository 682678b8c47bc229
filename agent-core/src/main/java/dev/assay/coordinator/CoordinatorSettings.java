package dev.assay.coordinator;

import dev.assay.hardware.Datasheets;
import dev.assay.wire.Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a coordinator runs.
 *
 * @param home its directory: database, log, jobs' output and control socket
 * @param bind where it listens; port 0 picks a free one
 * @param advertised the host name or address that join tokens tell nodes to dial, empty for the
 *     bound one
 * @param name for people
 * @param version its software and version
 * @param heartbeat how often sessions send a sign of life
 * @param lease how long a silent node keeps its session
 * @param challengeEvery the mean time between a node's random challenges, or empty for none but
 *     those on demand
 * @param proofSeconds how long a proof that is sized here should take
 * @param datasheets the speeds of models, for the deadlines of GPUs
 */
public record CoordinatorSettings(
    Path home,
    InetSocketAddress bind,
    Optional<Address> advertised,
    String name,
    String version,
    Duration heartbeat,
    Duration lease,
    Optional<Duration> challengeEvery,
    double proofSeconds,
    Datasheets datasheets) {
  /** Allowance for the network in deadlines, both ways. */
  static final long ROUND_TRIP_MS = 250;

  /** How much of what a job writes to one stream is kept. */
  private static final long MOST_OUTPUT_BYTES = 1L << 30;

  long mostOutputBytes() {
    return MOST_OUTPUT_BYTES;
  }

  Path database() {
    return home.resolve("coordinator.db");
  }

  Path jobs() {
    return home.resolve("jobs");
  }

  /** The control socket of the coordinator that runs on this directory. */
  public static Path socket(Path home) {
    return home.resolve("run/coordinator.sock");
  }

  Sizing sizing() {
    return new Sizing(proofSeconds, ROUND_TRIP_MS, datasheets);
  }
}
