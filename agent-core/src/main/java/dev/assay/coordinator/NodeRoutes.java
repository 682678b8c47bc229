package dev.assay.coordinator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.control.ControlResponse;
import dev.assay.json.StrictJson;
import dev.assay.token.PlatformToken;
import dev.assay.token.Tokens;
import java.io.IOException;

/** Shows nodes. */
record NodeRoutes(Coordinator coordinator) {
  private static final int PROOFS_SHOWN = 50;

  ControlResponse list() {
    ObjectNode json = StrictJson.newObject();
    ArrayNode list = json.putArray("nodes");
    coordinator.nodes().list().forEach(node -> list.add(view(node)));
    return new ControlResponse.Json(json);
  }

  ControlResponse show(String id) throws IOException {
    NodeRecord node = coordinator.node(id);
    ObjectNode json = view(node);
    if (!node.platform().isEmpty()) {
      json.set(
          "platform",
          Tokens.parse(node.platform(), PlatformToken.class).token().claims().get("submods"));
    }
    ArrayNode proofs = json.putArray("proofs");
    coordinator
        .proofs()
        .list(node.id(), PROOFS_SHOWN)
        .forEach(proof -> proofs.add(Views.proof(proof)));
    return new ControlResponse.Json(json);
  }

  private ObjectNode view(NodeRecord node) {
    return Views.node(node, coordinator.sessions().availability(node.id()));
  }
}
