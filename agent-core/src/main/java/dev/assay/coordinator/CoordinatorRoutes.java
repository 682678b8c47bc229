package dev.assay.coordinator;

import dev.assay.control.ControlException;
import dev.assay.control.ControlHandler;
import dev.assay.control.ControlRequest;
import dev.assay.control.ControlResponse;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.wire.JoinToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

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
  static final long MAX_SECONDS = 366L * 86_400;

  private static final long MAX_WAIT_SECONDS = 3600;
  private static final Duration TICK = Duration.ofMillis(50);

  private final Coordinator coordinator;
  private final NodeRoutes nodes;
  private final ProofRoutes proofs;
  private final JobRoutes jobs;

  CoordinatorRoutes(Coordinator coordinator) {
    this.coordinator = coordinator;
    this.nodes = new NodeRoutes(coordinator);
    this.proofs = new ProofRoutes(coordinator);
    this.jobs = new JobRoutes(coordinator);
  }

  /** Reads something that may not be final yet. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  @Override
  public ControlResponse handle(ControlRequest request) throws IOException, InterruptedException {
    List<String> path = List.of(request.path().substring(1).split("/", -1));
    String id = path.size() > 1 ? path.get(1) : "";
    return switch (request.method() + " " + form(path)) {
      case "GET status" -> status();
      case "POST invitations" -> invite(request.body());
      case "GET nodes" -> nodes.list();
      case "GET nodes/ID" -> nodes.show(id);
      case "POST challenges" -> proofs.challenge(request.body());
      case "GET challenges/ID" -> proofs.show(id, wait(request));
      case "POST jobs" -> jobs.submit(request.body());
      case "GET jobs" -> jobs.list();
      case "GET jobs/ID" -> jobs.show(id, wait(request));
      case "GET jobs/ID/stdout", "GET jobs/ID/stderr" -> jobs.output(id, path.get(2), request);
      case "POST jobs/ID/cancel" -> jobs.cancel(id, request.body());
      default ->
          throw ControlException.notFound("there is no " + request.method() + " " + request.path());
    };
  }

  /** Reads again and again until what is read is final or the time is up. */
  static <T> T await(Reading<T> reading, Predicate<T> isFinal, Duration most)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    T last = reading.read();
    while (!isFinal.test(last) && System.nanoTime() - end < 0) {
      Thread.sleep(TICK);
      last = reading.read();
    }
    return last;
  }

  static long number(ControlRequest request, String name) {
    String text = request.query().getOrDefault(name, "0");
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(name + ": expected a number, found " + text);
    }
    return Long.parseLong(text);
  }

  private static String form(List<String> path) {
    return switch (path.size()) {
      case 1 -> path.getFirst();
      case 2 -> path.getFirst() + "/ID";
      default -> path.getFirst() + "/ID/" + String.join("/", path.subList(2, path.size()));
    };
  }

  private static Duration wait(ControlRequest request) {
    return Duration.ofSeconds(Math.min(number(request, "waitSeconds"), MAX_WAIT_SECONDS));
  }

  private ControlResponse status() {
    return new ControlResponse.Json(
        StrictJson.newObject()
            .put("id", coordinator.id().value())
            .put("address", coordinator.address().toString())
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
}
