package dev.assay.audit;

import dev.assay.audit.DeviceVerdict.Status;
import dev.assay.token.ProvenFigures;
import java.util.OptionalLong;

/** Counts how the proofs of one device ended. Not safe for several threads. */
final class DeviceTally {
  private final String node;
  private final String device;
  private long passed;
  private long failed;
  private long refused;
  private long unfinished;
  private long selfTests;
  private String firstFailure = "";
  private ProvenFigures best = ProvenFigures.NONE;

  DeviceTally(String node, String device) {
    this.node = node;
    this.device = device;
  }

  void pass(ProvenFigures proven) {
    passed++;
    best =
        new ProvenFigures(
            larger(best.bytes(), proven.bytes()),
            larger(best.bytesPerSecond(), proven.bytesPerSecond()),
            larger(best.opsPerSecond(), proven.opsPerSecond()),
            larger(best.hashesPerSecond(), proven.hashesPerSecond()));
  }

  void fail(String reason) {
    if (failed++ == 0) {
      firstFailure = reason;
    }
  }

  void refuse() {
    refused++;
  }

  void leaveUnfinished() {
    unfinished++;
  }

  void selfTest() {
    selfTests++;
  }

  DeviceVerdict verdict() {
    Status status = failed > 0 ? Status.FAIL : passed > 0 ? Status.PASS : Status.UNPROVEN;
    String reason =
        switch (status) {
          case PASS -> "";
          case FAIL -> firstFailure;
          case UNPROVEN -> "no proof has ended before a witness whose key was given";
        };
    return new DeviceVerdict(
        node, device, status, reason, passed, failed, refused, unfinished, selfTests, best);
  }

  private static OptionalLong larger(OptionalLong a, OptionalLong b) {
    return a.isEmpty() || (b.isPresent() && b.getAsLong() > a.getAsLong()) ? b : a;
  }
}
