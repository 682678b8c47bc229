package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;

/** How a job ended. */
public sealed interface Outcome {
  /** The program ended by itself with this code, 0 to 255. */
  record Exited(int code) implements Outcome {}

  /** A signal that Assay did not send ended the program. */
  record Signalled(int signal) implements Outcome {}

  /** Assay ended it, for this reason. */
  record Stopped(StopReason reason) implements Outcome {}

  /** It reached its memory limit and the kernel ended it. */
  record OutOfMemory() implements Outcome {}

  /** Its program never ran. */
  record FailedToStart(Cause cause, String detail) implements Outcome {}

  /** What became of it is not known. */
  record Lost(String detail) implements Outcome {}

  /** Why a program did not run, sorted by who can do something about it. */
  enum Cause {
    /** The specification names a program that is not there. */
    COMMAND_NOT_FOUND("command-not-found"),
    /** The specification names something that is not a program. */
    NOT_EXECUTABLE("not-executable"),
    /** There is no such image, in the registry or here. */
    IMAGE_NOT_FOUND("image-not-found"),
    /** The registry gives the image to nobody with this host's credentials. */
    IMAGE_DENIED("image-denied"),
    /** The image is not what its digest says, is too large, or is no image. */
    IMAGE_INVALID("image-invalid"),
    /** The image came no further for longer than the owner waits. */
    PULL_STALLED("pull-stalled"),
    /** The host could not start it, through no fault of the job's. */
    HOST("host");

    private final String word;

    Cause(String word) {
      this.word = word;
    }

    /** The cause as it is written. */
    public String word() {
      return word;
    }
  }

  /** The one word for this outcome in tokens, messages and tables. */
  default String word() {
    return switch (this) {
      case Exited e -> "exited";
      case Signalled s -> "signalled";
      case Stopped s -> s.reason().word();
      case OutOfMemory o -> "out-of-memory";
      case FailedToStart f -> "failed-to-start";
      case Lost l -> "lost";
    };
  }

  /** One phrase for a person, such as {@code exited with code 3}. */
  default String sentence() {
    return switch (this) {
      case Exited e -> "exited with code " + e.code();
      case Signalled s -> "ended by signal " + s.signal();
      case Stopped s ->
          switch (s.reason()) {
            case CANCELLED -> "cancelled";
            case TIME_LIMIT -> "stopped at its time limit";
            case OUTPUT_LIMIT -> "stopped at the output limit";
            case DISK_LIMIT -> "stopped at its disk limit";
            case DISCONNECTED -> "stopped because its coordinator was away too long";
            case OWNER -> "stopped by the owner of the host";
          };
      case OutOfMemory o -> "ended by the kernel at its memory limit";
      case FailedToStart f -> "failed to start: " + f.detail();
      case Lost l -> "lost: " + l.detail();
    };
  }

  /** Whether the program did what it was asked, as far as its exit code says. */
  default boolean succeeded() {
    return this instanceof Exited exited && exited.code() == 0;
  }

  /** As it is journalled and sent. */
  default ObjectNode toJson() {
    ObjectNode json = StrictJson.newObject().put("outcome", word());
    switch (this) {
      case Exited e -> json.put("exitCode", e.code());
      case Signalled s -> json.put("signal", s.signal());
      case FailedToStart f -> json.put("cause", f.cause().word()).put("detail", f.detail());
      case Lost l -> json.put("detail", l.detail());
      case Stopped s -> {}
      case OutOfMemory o -> {}
    }
    return json;
  }

  /** Reads what {@link #toJson} wrote and nothing else. */
  static Outcome parse(JsonObject json) {
    String word = json.string("outcome", 32);
    Outcome outcome =
        switch (word) {
          case "exited" -> new Exited((int) json.integer("exitCode", 0, 255));
          case "signalled" -> new Signalled((int) json.integer("signal", 1, 127));
          case "out-of-memory" -> new OutOfMemory();
          case "failed-to-start" -> new FailedToStart(cause(json), json.string("detail", 4096));
          case "lost" -> new Lost(json.string("detail", 4096));
          default ->
              new Stopped(
                  StopReason.of(word)
                      .orElseThrow(() -> json.error("outcome", "unknown outcome " + word)));
        };
    json.end();
    return outcome;
  }

  private static Cause cause(JsonObject json) {
    String word = json.string("cause", 32);
    for (Cause cause : Cause.values()) {
      if (cause.word.equals(word)) {
        return cause;
      }
    }
    throw json.error("cause", "unknown cause " + word);
  }
}
