package dev.assay.runtime.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.durable.DurableFile;
import dev.assay.job.Outcome;
import dev.assay.job.StopReason;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** The directory {@code run/} of a job in a container: what another agent needs to go on. */
record ContainerFiles(Path directory) {
  private static final int MAX_TEXT = 8192;

  /**
   * That the job's container was made. Written before it is started.
   *
   * @param boot of the host
   * @param image the digest of what it was made of
   * @param restarts how often it was started again
   * @param endedBefore when the run before this one ended
   * @param startedAt when it was first started, or empty if it was not yet
   * @param deadlineMillis when its time limit is reached, by the host's clock since boot
   */
  record Made(
      String boot,
      String image,
      int restarts,
      Optional<Instant> endedBefore,
      Optional<Instant> startedAt,
      long deadlineMillis) {
    Made started(Instant at, long deadline) {
      return new Made(boot, image, restarts, endedBefore, Optional.of(at), deadline);
    }

    Made again(Optional<Instant> ended) {
      return new Made(boot, image, restarts + 1, ended, startedAt, deadlineMillis);
    }
  }

  /** How the job ended. Written before its container is removed. */
  record Exit(
      Outcome outcome, Optional<Instant> startedAt, Instant endedAt, Optional<String> image) {}

  static ContainerFiles of(Path job) {
    return new ContainerFiles(job.toAbsolutePath().resolve("run"));
  }

  void prepare() throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  Path log() {
    return directory.resolve("log");
  }

  /** Where an image's archive lies until it is loaded. */
  Path archive() {
    return directory.resolve("image.tar");
  }

  void writeMade(Made made) throws IOException {
    ObjectNode json =
        StrictJson.newObject()
            .put("boot", made.boot())
            .put("image", made.image())
            .put("restarts", made.restarts())
            .put("deadlineMillis", made.deadlineMillis());
    made.endedBefore().ifPresent(at -> json.put("endedBefore", at.toString()));
    made.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
    DurableFile.replace(directory.resolve("container"), StrictJson.bytes(json));
  }

  /**
   * Empty if the container was never made.
   *
   * @throws IOException if that cannot be told
   */
  Optional<Made> made() throws IOException {
    Optional<JsonObject> file = read("container");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    JsonObject json = file.get();
    Made made =
        new Made(
            json.string("boot", 64),
            json.string("image", 128),
            (int) json.integer("restarts", 0, Integer.MAX_VALUE),
            instant(json, "endedBefore"),
            instant(json, "startedAt"),
            json.integer("deadlineMillis", 0, Long.MAX_VALUE));
    json.end();
    return Optional.of(made);
  }

  void writeExit(Exit exit) throws IOException {
    ObjectNode json = StrictJson.newObject();
    json.set("outcome", exit.outcome().toJson());
    exit.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
    json.put("endedAt", exit.endedAt().toString());
    exit.image().ifPresent(image -> json.put("image", image));
    DurableFile.replace(directory.resolve("exit"), StrictJson.bytes(json));
  }

  /** Empty if the job has not ended. */
  Optional<Exit> exit() throws IOException {
    Optional<JsonObject> file = read("exit");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    JsonObject json = file.get();
    return Optional.of(
        new Exit(
            Outcome.parse(json.object("outcome")),
            instant(json, "startedAt"),
            instant(json, "endedAt").orElse(Instant.EPOCH),
            json.optionalString("image", 128)));
  }

  /** Notes why the job is to end, unless someone has before, and returns the reason that stands. */
  StopReason stop(StopReason reason) {
    try {
      prepare();
      Path temporary = Files.createTempFile(directory, "stop", ".tmp");
      try {
        Files.writeString(temporary, reason.word());
        Files.createLink(directory.resolve("stop"), temporary);
      } catch (FileAlreadyExistsException e) {
        // The first reason stands.
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // It ends all the same; only another agent would not know why.
    }
    return stop().orElse(reason);
  }

  /** Why the job is to end, if it is. */
  Optional<StopReason> stop() {
    try {
      return StopReason.of(Files.readString(directory.resolve("stop")).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<JsonObject> read(String name) throws IOException {
    Path file = directory.resolve(name);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MAX_TEXT) {
      throw new IOException("run/" + name + " is damaged");
    }
    try {
      return Optional.of(StrictJson.object(Files.readAllBytes(file), "run/" + name));
    } catch (IllegalArgumentException e) {
      throw new IOException("run/" + name + " is damaged: " + e.getMessage(), e);
    }
  }

  private static Optional<Instant> instant(JsonObject json, String name) {
    return json.optionalString(name, 64).map(Instant::parse);
  }
}
