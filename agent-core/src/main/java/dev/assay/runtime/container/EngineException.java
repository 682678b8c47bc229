package dev.assay.runtime.container;

import dev.assay.job.Outcome;
import java.util.Locale;
import java.util.Optional;

/** An engine could not do what it was asked for. */
final class EngineException extends Exception {
  private final boolean unreachable;

  private EngineException(String message, boolean unreachable, Throwable cause) {
    super(message, cause);
    this.unreachable = unreachable;
  }

  /** The engine is not there, or does not answer: it may be tried again. */
  static EngineException unreachable(String message, Throwable cause) {
    return new EngineException(message, true, cause);
  }

  /** The engine's answer is no. */
  static EngineException refused(String message) {
    return new EngineException(message, false, null);
  }

  boolean isUnreachable() {
    return unreachable;
  }

  /** Why a pull failed, sorted by who can do something about it. */
  Outcome.FailedToStart pullFailure() {
    Outcome.Cause cause = Outcome.Cause.HOST;
    if (says("toomanyrequests", "timeout", "no such host", "connection refused")) {
      cause = Outcome.Cause.HOST;
    } else if (says(
        "unauthorized", "authentication required", "no basic auth", "access denied", "forbidden")) {
      cause = Outcome.Cause.IMAGE_DENIED;
    } else if (says("manifest unknown", "not found", "name unknown", "no such image")) {
      cause = Outcome.Cause.IMAGE_NOT_FOUND;
    } else if (says("digest", "verification failed", "invalid", "unexpected eof", "mismatch")) {
      cause = Outcome.Cause.IMAGE_INVALID;
    }
    return new Outcome.FailedToStart(cause, "the image cannot be pulled: " + getMessage());
  }

  /** Why a start failed, if it is the job's program; the runtimes below the engines say it so. */
  Optional<Outcome.FailedToStart> programFailure() {
    if ((says("executable file") && says("not found"))
        || (says("exec") && says("no such file or directory"))
        || says("command that was not found")) {
      return failed(Outcome.Cause.COMMAND_NOT_FOUND);
    }
    if ((says("exec") && says("permission denied", "is a directory"))
        || says("oci permission denied")) {
      return failed(Outcome.Cause.NOT_EXECUTABLE);
    }
    if (says("no command specified", "no command or entrypoint")) {
      return failed(Outcome.Cause.COMMAND_NOT_FOUND);
    }
    return Optional.empty();
  }

  private Optional<Outcome.FailedToStart> failed(Outcome.Cause cause) {
    return Optional.of(new Outcome.FailedToStart(cause, getMessage()));
  }

  private boolean says(String... words) {
    String message = getMessage().toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (message.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
