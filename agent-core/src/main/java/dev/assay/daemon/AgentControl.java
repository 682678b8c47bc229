package dev.assay.daemon;

import dev.assay.control.ControlException;
import dev.assay.control.ControlHandler;
import dev.assay.control.ControlRequest;
import dev.assay.control.ControlResponse;
import dev.assay.json.StrictJson;
import dev.assay.owner.Pause;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the owner can ask of a running agent: {@code GET /status}, {@code GET /prove}, a self-test
 * told as {@link SelfTestLines}, {@code POST /pause} with a {@link Pause}, {@code POST /resume},
 * {@code POST /drain} and {@code POST /stop}.
 */
final class AgentControl implements ControlHandler {
  private final AgentStatus status;
  private final SelfTest selfTest;
  private final ProofDevices devices;
  private final ProofPipeline proofs;
  private final OwnerCommands owner;
  private final InstantSource clock;
  private final Runnable stop;

  AgentControl(
      AgentStatus status,
      SelfTest selfTest,
      ProofDevices devices,
      ProofPipeline proofs,
      OwnerCommands owner,
      InstantSource clock,
      Runnable stop) {
    this.status = status;
    this.selfTest = selfTest;
    this.devices = devices;
    this.proofs = proofs;
    this.owner = owner;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public ControlResponse handle(ControlRequest request) throws IOException {
    return switch (request.method() + " " + request.path()) {
      case "GET /status" -> new ControlResponse.Json(status.json());
      case "POST /pause" -> {
        owner.pause(pause(request));
        yield new ControlResponse.Json(status.json());
      }
      case "POST /resume" -> {
        owner.resume();
        yield new ControlResponse.Json(status.json());
      }
      case "POST /drain" -> {
        owner.drain(stop);
        yield new ControlResponse.Json(status.json());
      }
      case "POST /stop" -> {
        stop.run();
        yield new ControlResponse.Json(StrictJson.newObject().put("stopping", true));
      }
      case "GET /prove" -> prove(request);
      default ->
          throw ControlException.notFound(
              "the agent answers GET /status, GET /prove and POST to /pause, /resume, /drain and"
                  + " /stop, not "
                  + request.method()
                  + " "
                  + request.path());
    };
  }

  private Pause pause(ControlRequest request) {
    Pause pause = Pause.parse(request.body());
    if (pause.isOver(clock.instant())) {
      throw new IllegalArgumentException(
          "the pause would be over already: its end is " + pause.until().orElseThrow());
    }
    return pause;
  }

  private ControlResponse prove(ControlRequest request) throws ControlException {
    if (proofs.open().stream().anyMatch(OpenProof::occupies)) {
      throw ControlException.conflict(
          "a proof for the coordinator is under way; try again when it has its result");
    }
    SelfTestPlan plan = plan(request.query());
    selfTest.work(devices, plan);
    return new ControlResponse.Stream(
        "application/x-ndjson",
        out -> {
          try {
            selfTest.run(devices, plan, new SelfTestLines(out));
          } finally {
            proofs.proceed();
          }
        });
  }

  private static SelfTestPlan plan(Map<String, String> query) {
    String memory = query.getOrDefault("memory", "");
    if (!memory.matches("|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("memory is a number of bytes, not " + memory);
    }
    return new SelfTestPlan(
        Optional.ofNullable(query.get("device")),
        memory.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(memory)));
  }
}
