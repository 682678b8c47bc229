package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.time.Instant;
import java.util.Optional;

/** The content of {@code state.json}: a record without its token, which has a file of its own. */
final class StateFile {
  static final int MAX_BYTES = 64 << 10;

  private StateFile() {}

  static byte[] write(JobRecord job) {
    ObjectNode json = StrictJson.newObject().put("id", job.id().value());
    JobState state = job.state();
    json.put("state", state.word());
    json.put("revision", state.revision());
    json.put("at", state.at().toEpochMilli());
    switch (state) {
      case JobState.Accepted a -> {}
      case JobState.Starting s -> {}
      case JobState.Refused r ->
          json.put("setting", r.refusal().setting()).put("reason", r.refusal().reason());
      case JobState.Running r -> json.put("pid", r.pid()).put("startTicks", r.startTicks());
      case JobState.Ending e -> json.put("stop", e.reason().word());
      case JobState.Ended e -> {
        json.set("outcome", e.outcome().toJson());
        e.startedAt().ifPresent(at -> json.put("startedAt", at.toEpochMilli()));
        json.set("stdout", e.stdout().toJson());
        json.set("stderr", e.stderr().toJson());
        e.image().ifPresent(image -> json.put("image", image));
      }
    }
    job.startToken().ifPresent(digest -> json.put("startToken", digest));
    job.endToken().ifPresent(digest -> json.put("endToken", digest));
    json.put("acknowledged", job.acknowledged());
    return StrictJson.bytes(json);
  }

  /** The record in {@code bytes}, which must be that of {@code id}. */
  static JobRecord read(JobId id, String token, byte[] bytes) {
    JsonObject json = StrictJson.object(bytes, "state.json");
    String written = json.string("id", 64);
    if (!written.equals(id.value())) {
      throw json.error("id", "belongs to the job " + written);
    }
    JobState state = state(json);
    Optional<String> startToken = json.optionalString("startToken", 64);
    Optional<String> endToken = json.optionalString("endToken", 64);
    boolean acknowledged = json.bool("acknowledged");
    json.end();
    return new JobRecord(id, token, state, startToken, endToken, acknowledged);
  }

  private static JobState state(JsonObject json) {
    String word = json.string("state", 16);
    long revision = json.integer("revision", JobState.FIRST_REVISION, JobState.DAMAGED_REVISION);
    Instant at = instant(json, "at");
    return switch (word) {
      case "accepted" -> new JobState.Accepted(revision, at);
      case "refused" ->
          new JobState.Refused(
              revision, at, new Refusal(json.string("setting", 64), json.string("reason", 4096)));
      case "starting" -> new JobState.Starting(revision, at);
      case "running" ->
          new JobState.Running(
              revision,
              at,
              json.integer("pid", 1, Integer.MAX_VALUE),
              json.integer("startTicks", 0, Long.MAX_VALUE));
      case "ending" -> {
        String stop = json.string("stop", 32);
        yield new JobState.Ending(
            revision,
            at,
            StopReason.of(stop).orElseThrow(() -> json.error("stop", "unknown reason " + stop)));
      }
      case "ended" ->
          new JobState.Ended(
              revision,
              at,
              Outcome.parse(json.object("outcome")),
              json.has("startedAt") ? Optional.of(instant(json, "startedAt")) : Optional.empty(),
              OutputSummary.parse(json.object("stdout")),
              OutputSummary.parse(json.object("stderr")),
              json.optionalString("image", 128));
      default -> throw json.error("state", "unknown state " + word);
    };
  }

  private static Instant instant(JsonObject json, String name) {
    return Instant.ofEpochMilli(json.integer(name, 0, 1L << 52));
  }
}
