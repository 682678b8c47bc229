package dev.assay.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.wire.FromCoordinator.BlobGet;
import dev.assay.wire.FromCoordinator.Challenge;
import dev.assay.wire.FromCoordinator.CosignRefused;
import dev.assay.wire.FromCoordinator.Cosigned;
import dev.assay.wire.FromCoordinator.Enrolled;
import dev.assay.wire.FromCoordinator.Goodbye;
import dev.assay.wire.FromCoordinator.Job;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobCancel;
import dev.assay.wire.FromCoordinator.JobOutputAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.FromCoordinator.Receipt;
import dev.assay.wire.FromCoordinator.Result;
import dev.assay.wire.FromCoordinator.Welcome;
import java.util.List;

/** The JSON of each message that a coordinator sends. */
final class CoordinatorForms {
  static final List<Form<? extends FromCoordinator>> ALL =
      List.of(
          new Form<>(
              "enrolled",
              Enrolled.class,
              in -> new Enrolled(Form.name(in, "coordinator")),
              (m, out) -> out.put("coordinator", m.coordinator())),
          new Form<>("welcome", Welcome.class, CoordinatorForms::welcome, CoordinatorForms::write),
          new Form<>("heartbeat", Heartbeat.class, in -> new Heartbeat(), (m, out) -> {}),
          Form.ofToken("challenge", Challenge.class, Challenge::new, Challenge::token),
          Form.ofToken("receipt", Receipt.class, Receipt::new, Receipt::token),
          Form.ofToken("result", Result.class, Result::new, Result::token),
          new Form<>("blob-get", BlobGet.class, CoordinatorForms::blobGet, CoordinatorForms::write),
          new Form<>(
              "cosigned",
              Cosigned.class,
              in ->
                  new Cosigned(
                      Form.count(in, "size"), in.string("cosignatures", Limits.NOTE_LENGTH)),
              (m, out) -> out.put("size", m.size()).put("cosignatures", m.cosignatures())),
          new Form<>(
              "cosign-refused",
              CosignRefused.class,
              CoordinatorForms::cosignRefused,
              CoordinatorForms::write),
          Form.ofToken("job", Job.class, Job::new, Job::token),
          new Form<>(
              "job-cancel",
              JobCancel.class,
              in -> new JobCancel(Form.name(in, "id"), Form.sentence(in, "reason")),
              (m, out) -> out.put("id", m.id()).put("reason", m.reason())),
          new Form<>(
              "job-output-get",
              JobOutputGet.class,
              in ->
                  new JobOutputGet(
                      Form.name(in, "id"), Form.stream(in, "stream"), Form.count(in, "offset")),
              (m, out) -> writeOffset(m.id(), m.stream(), m.offset(), out)),
          new Form<>(
              "job-output-ack",
              JobOutputAck.class,
              in ->
                  new JobOutputAck(
                      Form.name(in, "id"), Form.stream(in, "stream"), Form.count(in, "offset")),
              (m, out) -> writeOffset(m.id(), m.stream(), m.offset(), out)),
          new Form<>(
              "job-ack",
              JobAck.class,
              in -> new JobAck(Form.name(in, "id"), Form.count(in, "revision")),
              (m, out) -> out.put("id", m.id()).put("revision", m.revision())),
          new Form<>(
              "goodbye",
              Goodbye.class,
              in -> new Goodbye(Form.sentence(in, "reason"), Form.number(in, "retrySeconds")),
              (m, out) -> out.put("reason", m.reason()).put("retrySeconds", m.retrySeconds())),
          new Form<>("error", Fault.class, NodeForms::fault, NodeForms::write));

  private CoordinatorForms() {}

  private static Welcome welcome(JsonObject in) {
    return new Welcome(
        Form.number(in, "version"),
        Form.name(in, "session"),
        Form.number(in, "heartbeatSeconds"),
        Form.number(in, "leaseSeconds"),
        Form.name(in, "coordinator"),
        Form.name(in, "coordinatorVersion"),
        Form.count(in, "checkpointSize"));
  }

  private static void write(Welcome message, ObjectNode out) {
    out.put("version", message.version())
        .put("session", message.session())
        .put("heartbeatSeconds", message.heartbeatSeconds())
        .put("leaseSeconds", message.leaseSeconds())
        .put("coordinator", message.coordinator())
        .put("coordinatorVersion", message.coordinatorVersion())
        .put("checkpointSize", message.checkpointSize());
  }

  private static BlobGet blobGet(JsonObject in) {
    return new BlobGet(
        Form.digest(in, "sha256"), Form.count(in, "offset"), Form.number(in, "length"));
  }

  private static void write(BlobGet message, ObjectNode out) {
    out.put("sha256", message.sha256().base64Url())
        .put("offset", message.offset())
        .put("length", message.length());
  }

  private static CosignRefused cosignRefused(JsonObject in) {
    return new CosignRefused(
        Form.count(in, "size"), Form.name(in, "code"), Form.sentence(in, "message"));
  }

  private static void write(CosignRefused message, ObjectNode out) {
    out.put("size", message.size()).put("code", message.code()).put("message", message.message());
  }

  private static void writeOffset(String id, JobStream stream, long offset, ObjectNode out) {
    out.put("id", id).put("stream", stream.toString()).put("offset", offset);
  }
}
