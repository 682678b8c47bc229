package dev.assay.coordinator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import dev.assay.token.ChallengeToken;
import dev.assay.token.JobEndToken;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.Availability;
import java.util.Optional;
import java.util.OptionalLong;

/** What the control socket shows of nodes, proofs and jobs. Times are seconds since 1970. */
final class Views {
  private Views() {}

  static ObjectNode node(NodeRecord node, Optional<Availability> availability) {
    ObjectNode json =
        StrictJson.newObject()
            .put("id", node.id())
            .put("present", availability.isPresent())
            .put("enrolled", node.enrolled());
    availability.ifPresent(
        now -> {
          ObjectNode shown = json.putObject("availability").put("state", now.state().word());
          now.until().ifPresent(time -> shown.put("until", time));
        });
    node.lastSeen().ifPresent(seen -> json.put("lastSeen", seen));
    json.put("bootEpoch", node.bootEpoch()).put("agentVersion", node.agentVersion());
    ArrayNode devices = json.putArray("devices");
    node.devices().forEach(devices::add);
    json.put("cosignedSize", node.log().size());
    json.put("forked", node.fork().isPresent());
    return json;
  }

  static ObjectNode proof(ProofRecord proof) {
    SignedToken<ChallengeToken> challenge = proof.chain().challenge();
    ObjectNode json =
        StrictJson.newObject()
            .put("id", proof.id())
            .put("node", proof.node())
            .put("device", proof.device())
            .put("proof", challenge.token().proof().name())
            .put("parameters", challenge.token().proof().parameters())
            .put("created", proof.created())
            .put("state", proof.state().label())
            .put("final", proof.state().isFinal())
            .put("deadlineMs", challenge.token().deadlineMs());
    proof
        .chain()
        .receipt()
        .ifPresent(receipt -> json.put("witnessedMs", receipt.token().witnessedMs()));
    json.put("reason", proof.reason());
    ObjectNode proven = json.putObject("proven");
    proof
        .chain()
        .result()
        .map(SignedToken::token)
        .flatMap(ResultToken::proven)
        .ifPresent(figures -> figures(proven, figures));
    return json;
  }

  static ObjectNode job(JobOrder job) {
    ObjectNode json =
        StrictJson.newObject()
            .put("id", job.id())
            .put("node", job.node())
            .put("created", job.created())
            .put("state", job.state())
            .put("done", job.done())
            .put("detail", job.detail());
    json.set("spec", StrictJson.object(job.spec(), "spec").raw());
    job.cancel().ifPresent(reason -> json.put("cancelRequested", reason));
    job.end().map(SignedToken::token).ifPresent(end -> end(json, end));
    return json;
  }

  private static void end(ObjectNode json, JobEndToken end) {
    ObjectNode ended = json.putObject("end").put("outcome", end.outcome());
    end.cause().ifPresent(cause -> ended.put("cause", cause));
    end.image().ifPresent(image -> ended.put("image", image));
    end.exitCode().ifPresent(code -> ended.put("exitCode", code));
    end.signal().ifPresent(signal -> ended.put("signal", signal));
    end.startedAt().ifPresent(at -> ended.put("startedAt", at));
    ended.put("endedAt", end.endedAt());
    ended.put("stdoutBytes", end.stdout().size()).put("stderrBytes", end.stderr().size());
  }

  private static void figures(ObjectNode json, ProvenFigures figures) {
    put(json, "bytes", figures.bytes());
    put(json, "bytesPerSecond", figures.bytesPerSecond());
    put(json, "opsPerSecond", figures.opsPerSecond());
    put(json, "hashesPerSecond", figures.hashesPerSecond());
  }

  private static void put(ObjectNode json, String name, OptionalLong figure) {
    figure.ifPresent(value -> json.put(name, value));
  }
}
