package dev.assay.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.daemon.AgentEvent.Connected;
import dev.assay.daemon.AgentEvent.Disconnected;
import dev.assay.daemon.AgentEvent.ProofJudged;
import dev.assay.job.JobRecord;
import dev.assay.job.JobState;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proof;
import dev.assay.token.ProofJson;
import java.util.Locale;

/** The agent's state as one JSON object, for {@code assay status}. */
final class AgentStatus {
  private final AgentBase base;
  private final ProofDevices devices;
  private final ProofPipeline proofs;
  private final WorkGate gate;

  AgentStatus(AgentBase base, ProofDevices devices, ProofPipeline proofs, WorkGate gate) {
    this.base = base;
    this.devices = devices;
    this.proofs = proofs;
    this.gate = gate;
  }

  ObjectNode json() {
    ObjectNode json =
        StrictJson.newObject()
            .put("node", base.node().value())
            .put("version", base.parts().version())
            .put("bootEpoch", base.parts().bootEpoch());
    json.set("availability", availability());
    json.set("session", session());
    json.putObject("log")
        .put("size", base.parts().log().size())
        .put("cosigned", base.checkpoints().cosigned());
    ArrayNode list = json.putArray("devices");
    devices.all().forEach(device -> list.add(device(device)));
    ArrayNode notes = json.putArray("notes");
    base.parts().notes().forEach(notes::add);
    ArrayNode open = json.putArray("proofs");
    proofs.open().forEach(proof -> open.add(open(proof)));
    ArrayNode results = json.putArray("results");
    base.history().results().forEach(judged -> results.add(result(judged)));
    ArrayNode jobs = json.putArray("jobs");
    base.parts().jobs().all().forEach(job -> jobs.add(job(job)));
    return json;
  }

  /** The owner's word, and why nothing is let in now, be it that word or the owner's terms. */
  private ObjectNode availability() {
    ObjectNode json = StrictJson.newObject().put("state", gate.availability().state().word());
    gate.pause()
        .ifPresent(
            pause -> {
              json.put("mode", pause.mode().word()).put("since", pause.since().toString());
              pause.until().ifPresent(time -> json.put("until", time.toString()));
            });
    gate.refusal()
        .ifPresent(
            refusal -> json.put("setting", refusal.setting()).put("reason", refusal.reason()));
    return json;
  }

  private ObjectNode session() {
    ObjectNode json =
        StrictJson.newObject().put("address", base.parts().coordinator().address().toString());
    base.history()
        .contact()
        .ifPresentOrElse(contact -> contact(json, contact), () -> json.put("state", "connecting"));
    return json;
  }

  private static void contact(ObjectNode json, History.Contact contact) {
    if (contact.event() instanceof Connected connected) {
      json.put("state", "connected").put("coordinator", connected.coordinator());
    } else if (contact.event() instanceof Disconnected lost) {
      json.put("state", "disconnected").put("reason", lost.reason());
    }
    json.put("since", contact.since().toString());
  }

  private static ObjectNode device(ProofDevice device) {
    ObjectNode json = StrictJson.newObject().put("id", device.id());
    device
        .current()
        .ifPresent(
            task ->
                json.putObject("work")
                    .put("purpose", word(task.purpose()))
                    .put("percent", (int) (100 * task.share()))
                    .set("proof", proof(task.proof())));
    return json;
  }

  private static ObjectNode open(OpenProof proof) {
    ObjectNode json =
        StrictJson.newObject()
            .put("challenge", proof.id().base64Url())
            .put("device", proof.challenge().device())
            .put(
                "state",
                switch (proof) {
                  case OpenProof.Challenged c -> "challenged";
                  case OpenProof.Refused r -> "refused";
                  case OpenProof.Committed c -> "committed";
                  case OpenProof.Received r -> "received";
                  case OpenProof.Opened o -> "opened";
                });
    json.set("proof", proof(proof.challenge().proof()));
    return json;
  }

  private static ObjectNode result(ProofJudged judged) {
    ObjectNode json =
        StrictJson.newObject()
            .put("device", judged.device())
            .put("status", judged.result().status().label())
            .put("reason", judged.result().reason())
            .put("issuedAt", judged.result().issuedAt());
    json.set("proof", proof(judged.proof()));
    judged.witnessedMs().ifPresent(ms -> json.put("witnessedMs", ms));
    judged
        .result()
        .proven()
        .ifPresent(p -> json.set("proven", judged.result().claims().at("/assay/proven")));
    return json;
  }

  private static ObjectNode job(JobRecord job) {
    ObjectNode json =
        StrictJson.newObject()
            .put("id", job.id().value())
            .put("state", job.state().word())
            .put("revision", job.state().revision())
            .put("since", job.state().at().toString())
            .put("acknowledged", job.acknowledged());
    if (job.state() instanceof JobState.Ended ended) {
      json.put("outcome", ended.outcome().word()).put("detail", ended.outcome().sentence());
    }
    return json;
  }

  private static ObjectNode proof(Proof proof) {
    return ProofJson.write(proof);
  }

  private static String word(ProofTask.Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
