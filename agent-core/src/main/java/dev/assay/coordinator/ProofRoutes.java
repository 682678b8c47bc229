package dev.assay.coordinator;

import dev.assay.control.ControlResponse;
import dev.assay.json.JsonObject;
import dev.assay.token.ProofJson;
import java.io.IOException;
import java.time.Duration;

/** Challenges nodes and shows how proofs stand. */
record ProofRoutes(Coordinator coordinator) {
  ControlResponse challenge(JsonObject body) throws IOException, InterruptedException {
    String node = body.string("node", 64);
    String device = body.string("device", 64);
    boolean calibrate = body.has("calibrate") && body.bool("calibrate");
    boolean exact = body.any("proof").isObject();
    String id =
        exact
            ? coordinator.challenge(node, device, ProofJson.read(body.object("proof")), calibrate)
            : coordinator.challenge(node, device, body.string("proof", 32), calibrate);
    body.end();
    return show(id, Duration.ZERO);
  }

  ControlResponse show(String id, Duration wait) throws IOException, InterruptedException {
    return new ControlResponse.Json(
        Views.proof(
            CoordinatorRoutes.await(
                () -> coordinator.proof(id), proof -> proof.state().isFinal(), wait)));
  }
}
