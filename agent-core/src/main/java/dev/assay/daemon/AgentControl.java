package dev.assay.daemon;

import dev.assay.control.ControlException;
import dev.assay.control.ControlHandler;
import dev.assay.control.ControlRequest;
import dev.assay.control.ControlResponse;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the owner can ask of a running agent: {@code GET /status}, {@code GET /prove} (a line of
 * JSON for each proof as it is done) and {@code POST /stop}.
 */
final class AgentControl implements ControlHandler {
  private final AgentStatus status;
  private final SelfTest selfTest;
  private final ProofDevices devices;
  private final ProofPipeline proofs;
  private final Runnable stop;

  AgentControl(
      AgentStatus status,
      SelfTest selfTest,
      ProofDevices devices,
      ProofPipeline proofs,
      Runnable stop) {
    this.status = status;
    this.selfTest = selfTest;
    this.devices = devices;
    this.proofs = proofs;
    this.stop = stop;
  }

  @Override
  public ControlResponse handle(ControlRequest request) throws ControlException {
    return switch (request.method() + " " + request.path()) {
      case "GET /status" -> new ControlResponse.Json(status.json());
      case "POST /stop" -> {
        stop.run();
        yield new ControlResponse.Json(StrictJson.newObject().put("stopping", true));
      }
      case "GET /prove" -> {
        if (proofs.open().stream().anyMatch(OpenProof::occupies)) {
          throw ControlException.conflict(
              "a proof for the coordinator is under way; try again when it has its result");
        }
        yield new ControlResponse.Stream("application/x-ndjson", this::prove);
      }
      default ->
          throw ControlException.notFound(
              "the agent answers GET /status, GET /prove and POST /stop, not "
                  + request.method()
                  + " "
                  + request.path());
    };
  }

  private void prove(OutputStream out) throws IOException, InterruptedException {
    try {
      for (ProofDevice device : devices.all()) {
        selfTest.run(device, result -> line(out, result));
      }
    } finally {
      proofs.proceed();
    }
  }

  private static void line(OutputStream out, SelfTestResult result) throws IOException {
    out.write((StrictJson.text(result.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
