package dev.assay.coordinator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.control.ControlException;
import dev.assay.control.ControlHandler;
import dev.assay.control.ControlRequest;
import dev.assay.control.ControlResponse;
import dev.assay.job.JobSpec;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.token.PlatformToken;
import dev.assay.token.ProofJson;
import dev.assay.token.Tokens;
import dev.assay.wire.JobStream;
import dev.assay.wire.JoinToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What the command line may ask of a running coordinator.
 *
 * <pre>
 *   GET  /status
 *   POST /invitations                {"validSeconds"}
 *   GET  /nodes, /nodes/ID
 *   POST /challenges                 {"node", "device", "proof": name or object, "calibrate"}
 *   GET  /challenges/ID              ?waitSeconds=
 *   POST /jobs                       {"node", "spec", "startWithinSeconds"}
 *   GET  /jobs, /jobs/ID             ?waitSeconds=
 *   GET  /jobs/ID/stdout, …/stderr   ?offset=&amp;follow=true
 *   POST /jobs/ID/cancel             {"reason"}
 * </pre>
 */
final class CoordinatorRoutes implements ControlHandler {
  private static final int LISTED = 1000;
  private static final int OF_A_NODE = 50;
  private static final long MAX_SECONDS = 366L * 86_400;
  private static final Duration TICK = Duration.ofMillis(50);

  private final Coordinator coordinator;

  CoordinatorRoutes(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public ControlResponse handle(ControlRequest request) throws IOException, InterruptedException {
    List<String> path = List.of(request.path().substring(1).split("/", -1));
    String route = request.method() + " " + path.getFirst() + (path.size() > 1 ? "/" : "");
    return switch (route) {
      case "GET status" -> status();
      case "POST invitations" -> invite(request.body());
      case "GET nodes" -> nodes();
      case "GET nodes/" -> node(path.get(1));
      case "POST challenges" -> challenge(request.body());
      case "GET challenges/" -> proof(path.get(1), seconds(request, "waitSeconds"));
      case "POST jobs" -> submit(request.body());
      case "GET jobs" -> jobs();
      case "GET jobs/" ->
          path.size() > 2
              ? output(path, request)
              : job(path.get(1), seconds(request, "waitSeconds"));
      case "POST jobs/" -> cancel(path, request.body());
      default ->
          throw ControlException.notFound("there is no " + request.method() + " " + request.path());
    };
  }

  private ControlResponse status() {
    return new ControlResponse.Json(
        StrictJson.newObject()
            .put("id", coordinator.publicKey().id().value())
            .put("port", coordinator.port())
            .put("nodes", coordinator.nodes().list().size())
            .put("sessions", coordinator.sessions().all().size()));
  }

  private ControlResponse invite(JsonObject body) {
    long valid = body.integer("validSeconds", 1, MAX_SECONDS, Duration.ofDays(1).toSeconds());
    body.end();
    JoinToken token = coordinator.invite(Duration.ofSeconds(valid));
    return new ControlResponse.Json(
        StrictJson.newObject()
            .put("token", token.text())
            .put("address", token.address().toString())
            .put("expires", token.expiry().getEpochSecond()));
  }

  private ControlResponse nodes() {
    ObjectNode json = StrictJson.newObject();
    ArrayNode list = json.putArray("nodes");
    coordinator.nodes().list().forEach(node -> list.add(view(node)));
    return new ControlResponse.Json(json);
  }

  private ControlResponse node(String id) throws IOException {
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
        .list(node.id(), OF_A_NODE)
        .forEach(proof -> proofs.add(Views.proof(proof)));
    return new ControlResponse.Json(json);
  }

  private ObjectNode view(NodeRecord node) {
    return Views.node(node, coordinator.sessions().of(node.id()).isPresent());
  }

  private ControlResponse challenge(JsonObject body) throws IOException, InterruptedException {
    String node = body.string("node", 64);
    String device = body.string("device", 64);
    boolean calibrate = body.has("calibrate") && body.bool("calibrate");
    boolean exact = body.any("proof").isObject();
    String id =
        exact
            ? coordinator.challenge(node, device, ProofJson.read(body.object("proof")), calibrate)
            : coordinator.challenge(node, device, body.string("proof", 32), calibrate);
    body.end();
    return proof(id, 0);
  }

  private ControlResponse proof(String id, long waitSeconds)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (true) {
      ProofRecord proof =
          coordinator
              .proofs()
              .find(id)
              .orElseThrow(() -> ControlException.notFound("there is no proof " + id));
      if (proof.state().isFinal() || System.nanoTime() - end >= 0) {
        return new ControlResponse.Json(Views.proof(proof));
      }
      Thread.sleep(TICK);
    }
  }

  private ControlResponse submit(JsonObject body) throws IOException {
    String node = body.string("node", 64);
    JobSpec spec = JobSpec.parse(body.object("spec"));
    long within =
        body.integer("startWithinSeconds", 1, MAX_SECONDS, Duration.ofHours(1).toSeconds());
    body.end();
    return new ControlResponse.Json(
        Views.job(find(coordinator.submit(node, spec, Duration.ofSeconds(within)))));
  }

  private ControlResponse jobs() {
    ObjectNode json = StrictJson.newObject();
    ArrayNode list = json.putArray("jobs");
    coordinator.jobs().list(LISTED).forEach(job -> list.add(Views.job(job)));
    return new ControlResponse.Json(json);
  }

  private ControlResponse job(String id, long waitSeconds)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    JobOrder job = find(id);
    while (!job.done() && System.nanoTime() - end < 0) {
      Thread.sleep(TICK);
      job = find(id);
    }
    return new ControlResponse.Json(Views.job(job));
  }

  private ControlResponse output(List<String> path, ControlRequest request) throws IOException {
    JobOrder job = find(path.get(1));
    JobStream stream =
        switch (path.get(2)) {
          case "stdout" -> JobStream.STDOUT;
          case "stderr" -> JobStream.STDERR;
          default ->
              throw ControlException.notFound("a job has stdout and stderr, not " + path.get(2));
        };
    long offset = number(request, "offset");
    boolean follow = Boolean.parseBoolean(request.query().getOrDefault("follow", "false"));
    return new ControlResponse.Stream(
        "application/octet-stream",
        new OutputStreaming(
            coordinator.jobDesk(), coordinator.jobs(), job.id(), stream, offset, follow));
  }

  private ControlResponse cancel(List<String> path, JsonObject body) throws IOException {
    if (path.size() != 3 || !path.get(2).equals("cancel")) {
      throw ControlException.notFound("the only thing to ask of a job is to cancel it");
    }
    JobOrder job = find(path.get(1));
    String reason =
        body.optionalString("reason", 200).orElse("cancelled by the coordinator's operator");
    body.end();
    if (job.done()) {
      throw ControlException.conflict("job " + job.id() + " has ended: " + job.state());
    }
    coordinator.jobDesk().cancel(job, reason);
    return new ControlResponse.Json(Views.job(find(job.id())));
  }

  private JobOrder find(String id) throws ControlException {
    return coordinator
        .jobs()
        .find(id)
        .orElseThrow(() -> ControlException.notFound("there is no job " + id));
  }

  private static long seconds(ControlRequest request, String name) {
    return Math.min(number(request, name), 3600);
  }

  private static long number(ControlRequest request, String name) {
    String text = request.query().getOrDefault(name, "0");
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(name + ": expected a number, found " + text);
    }
    return Long.parseLong(text);
  }
}
