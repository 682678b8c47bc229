package dev.assay.daemon;

import dev.assay.crypto.KeyId;
import dev.assay.log.store.LogStore;
import dev.assay.wire.FromNode.Hello;
import dev.assay.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the node opens each session with.
 *
 * @param platform the platform evidence of this start, as it stands in the log
 */
record Greeting(
    KeyId node,
    long bootEpoch,
    String version,
    String platform,
    List<String> devices,
    JobReports jobs,
    LogStore log,
    WorkGate gate) {
  static Greeting of(AgentBase base, ProofDevices devices, JobReports jobs, WorkGate gate) {
    AgentParts parts = base.parts();
    return new Greeting(
        base.node(),
        parts.bootEpoch(),
        parts.version(),
        base.evidence().compact(),
        devices.ids(),
        jobs,
        parts.log(),
        gate);
  }

  Hello hello() {
    return new Hello(
        Limits.PROTOCOL_VERSION,
        node,
        bootEpoch,
        version,
        platform,
        devices,
        jobs.unfinished(),
        new String(log.checkpoint().bytes(), StandardCharsets.UTF_8),
        gate.availability());
  }
}
