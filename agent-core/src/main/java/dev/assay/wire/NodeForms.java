package dev.assay.wire;

import static dev.assay.wire.Form.putIfPresent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Base64Url;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/** The JSON of each message that a node sends. */
final class NodeForms {
  static final List<Form<? extends FromNode>> ALL =
      List.of(
          new Form<>("enrol", FromNode.Enrol.class, NodeForms::enrol, NodeForms::write),
          new Form<>("hello", FromNode.Hello.class, NodeForms::hello, NodeForms::write),
          new Form<>(
              "availability",
              FromNode.AvailabilityChange.class,
              in -> new FromNode.AvailabilityChange(availability(in)),
              (message, out) -> write(message.now(), out)),
          new Form<>("heartbeat", Heartbeat.class, in -> new Heartbeat(), (m, out) -> {}),
          Form.ofToken(
              "commitment",
              FromNode.Commitment.class,
              FromNode.Commitment::new,
              FromNode.Commitment::token),
          Form.ofToken(
              "refusal", FromNode.Refusal.class, FromNode.Refusal::new, FromNode.Refusal::token),
          Form.ofToken(
              "opening", FromNode.Opening.class, FromNode.Opening::new, FromNode.Opening::token),
          new Form<>("blob-data", FromNode.BlobData.class, NodeForms::blobData, NodeForms::write),
          new Form<>(
              "add-checkpoint",
              FromNode.AddCheckpoint.class,
              in -> new FromNode.AddCheckpoint(in.string("body", Limits.ADD_CHECKPOINT_LENGTH)),
              (m, out) -> out.put("body", m.body())),
          new Form<>("job-state", FromNode.JobState.class, NodeForms::jobState, NodeForms::write),
          new Form<>(
              "job-output", FromNode.JobOutput.class, NodeForms::jobOutput, NodeForms::write),
          new Form<>(
              "job-output-end",
              FromNode.JobOutputEnd.class,
              NodeForms::jobOutputEnd,
              NodeForms::write),
          new Form<>(
              "job-result", FromNode.JobResult.class, NodeForms::jobResult, NodeForms::write),
          new Form<>("error", Fault.class, NodeForms::fault, NodeForms::write));

  private NodeForms() {}

  private static FromNode.Enrol enrol(JsonObject in) {
    String secret = in.string("secret", 43);
    return new FromNode.Enrol(
        Form.parsed(in, "secret", secret, text -> Secret.of(Base64Url.decode(text))));
  }

  private static void write(FromNode.Enrol message, ObjectNode out) {
    out.put("secret", Base64Url.encode(message.secret().bytes()));
  }

  private static FromNode.Hello hello(JsonObject in) {
    return new FromNode.Hello(
        Form.number(in, "version"),
        Form.parsed(in, "node", in.string("node", 43), KeyId::new),
        Form.count(in, "bootEpoch"),
        Form.name(in, "agentVersion"),
        Form.token(in, "platform"),
        in.strings("devices", Limits.DEVICES, Limits.NAME_LENGTH),
        in.objects("jobs", Limits.JOBS).stream().map(NodeForms::runningJob).toList(),
        in.string("checkpoint", Limits.NOTE_LENGTH),
        in.optionalObject("availability").map(NodeForms::whole).orElse(Availability.OPEN));
  }

  private static Availability whole(JsonObject in) {
    Availability availability = availability(in);
    in.end();
    return availability;
  }

  private static Availability availability(JsonObject in) {
    String word = Form.name(in, "state");
    return new Availability(
        Availability.State.of(word)
            .orElseThrow(() -> in.error("state", "expected open, paused or draining")),
        in.has("until") ? OptionalLong.of(Form.count(in, "until")) : OptionalLong.empty());
  }

  private static void write(Availability availability, ObjectNode out) {
    out.put("state", availability.state().word());
    availability.until().ifPresent(time -> out.put("until", time));
  }

  private static RunningJob runningJob(JsonObject in) {
    RunningJob job =
        new RunningJob(Form.name(in, "id"), Form.count(in, "revision"), Form.name(in, "state"));
    in.end();
    return job;
  }

  private static void write(FromNode.Hello message, ObjectNode out) {
    out.put("version", message.version())
        .put("node", message.node().value())
        .put("bootEpoch", message.bootEpoch())
        .put("agentVersion", message.agentVersion())
        .put("platform", message.platform());
    ArrayNode devices = out.putArray("devices");
    message.devices().forEach(devices::add);
    ArrayNode jobs = out.putArray("jobs");
    for (RunningJob job : message.jobs()) {
      jobs.addObject()
          .put("id", job.id())
          .put("revision", job.revision())
          .put("state", job.state());
    }
    out.put("checkpoint", message.checkpoint());
    if (!message.availability().isOpen()) {
      write(message.availability(), out.putObject("availability"));
    }
  }

  private static FromNode.BlobData blobData(JsonObject in) {
    return new FromNode.BlobData(
        Form.digest(in, "sha256"),
        Form.count(in, "offset"),
        Form.count(in, "size"),
        Form.bytes(in, "data"));
  }

  private static void write(FromNode.BlobData message, ObjectNode out) {
    out.put("sha256", message.sha256().base64Url())
        .put("offset", message.offset())
        .put("size", message.size())
        .put("data", message.data().base64Url());
  }

  private static FromNode.JobState jobState(JsonObject in) {
    return new FromNode.JobState(
        Form.name(in, "id"),
        Form.count(in, "revision"),
        Form.name(in, "state"),
        in.optionalString("detail", Limits.SENTENCE_LENGTH));
  }

  private static void write(FromNode.JobState message, ObjectNode out) {
    out.put("id", message.id()).put("revision", message.revision()).put("state", message.state());
    putIfPresent(out, "detail", message.detail());
  }

  private static FromNode.JobOutput jobOutput(JsonObject in) {
    return new FromNode.JobOutput(
        Form.name(in, "id"),
        Form.stream(in, "stream"),
        Form.count(in, "offset"),
        Form.bytes(in, "data"));
  }

  private static void write(FromNode.JobOutput message, ObjectNode out) {
    out.put("id", message.id())
        .put("stream", message.stream().toString())
        .put("offset", message.offset())
        .put("data", message.data().base64Url());
  }

  private static FromNode.JobOutputEnd jobOutputEnd(JsonObject in) {
    return new FromNode.JobOutputEnd(
        Form.name(in, "id"),
        Form.stream(in, "stream"),
        Form.count(in, "length"),
        Form.digest(in, "sha256"));
  }

  private static void write(FromNode.JobOutputEnd message, ObjectNode out) {
    out.put("id", message.id())
        .put("stream", message.stream().toString())
        .put("length", message.length())
        .put("sha256", message.sha256().base64Url());
  }

  private static FromNode.JobResult jobResult(JsonObject in) {
    return new FromNode.JobResult(
        Form.name(in, "id"),
        Form.count(in, "revision"),
        in.optionalString("start", Limits.TOKEN_LENGTH),
        Form.token(in, "end"),
        in.optionalString("detail", Limits.SENTENCE_LENGTH));
  }

  private static void write(FromNode.JobResult message, ObjectNode out) {
    out.put("id", message.id()).put("revision", message.revision());
    putIfPresent(out, "start", message.start());
    out.put("end", message.end());
    putIfPresent(out, "detail", message.detail());
  }

  static Fault fault(JsonObject in) {
    return new Fault(
        Form.name(in, "code"),
        Form.sentence(in, "message"),
        in.optionalString("about", Fault.ABOUT_LENGTH));
  }

  static void write(Fault message, ObjectNode out) {
    out.put("code", message.code()).put("message", message.message());
    putIfPresent(out, "about", message.about());
  }
}
