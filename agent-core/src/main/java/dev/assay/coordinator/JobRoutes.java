package dev.assay.coordinator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.control.ControlException;
import dev.assay.control.ControlRequest;
import dev.assay.control.ControlResponse;
import dev.assay.job.JobSpec;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.wire.JobStream;
import java.io.IOException;
import java.time.Duration;

/** Orders jobs, shows how they stand and what they write, and takes them back. */
record JobRoutes(Coordinator coordinator) {
  private static final int LISTED = 1000;

  ControlResponse submit(JsonObject body) throws IOException {
    String node = body.string("node", 64);
    JobSpec spec = JobSpec.parse(body.object("spec"));
    long within =
        body.integer(
            "startWithinSeconds",
            1,
            CoordinatorRoutes.MAX_SECONDS,
            Duration.ofHours(1).toSeconds());
    body.end();
    return view(coordinator.submit(node, spec, Duration.ofSeconds(within)));
  }

  ControlResponse list() {
    ObjectNode json = StrictJson.newObject();
    ArrayNode list = json.putArray("jobs");
    coordinator.jobs().list(LISTED).forEach(job -> list.add(Views.job(job)));
    return new ControlResponse.Json(json);
  }

  ControlResponse show(String id, Duration wait) throws IOException, InterruptedException {
    return new ControlResponse.Json(
        Views.job(CoordinatorRoutes.await(() -> coordinator.job(id), JobOrder::done, wait)));
  }

  ControlResponse output(String id, String name, ControlRequest request) throws IOException {
    JobOrder job = coordinator.job(id);
    JobStream stream = name.equals("stdout") ? JobStream.STDOUT : JobStream.STDERR;
    return new ControlResponse.Stream(
        "application/octet-stream",
        new OutputStreaming(
            coordinator.outputs().file(job.id(), stream),
            CoordinatorRoutes.number(request, "offset"),
            Boolean.parseBoolean(request.query().getOrDefault("follow", "false")),
            () -> coordinator.job(id).done()));
  }

  ControlResponse cancel(String id, JsonObject body) throws IOException {
    JobOrder job = coordinator.job(id);
    String reason =
        body.optionalString("reason", 200).orElse("cancelled by the coordinator's operator");
    body.end();
    if (job.done()) {
      throw ControlException.conflict("job " + id + " has ended already: " + job.state());
    }
    coordinator.cancel(job, reason);
    return view(id);
  }

  private ControlResponse view(String id) throws IOException {
    return new ControlResponse.Json(Views.job(coordinator.job(id)));
  }
}
