package dev.assay.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one directory that holds everything of a node or a coordinator.
 *
 * <pre>
 *   key.pem  cert.pem   the identity
 *   authority.pem       if the owner puts it there: who must have issued peers' certificates
 *   assay.toml          the owner's settings
 *   id.jwk              the public key, for others
 *   coordinator.json    whom this node has joined
 *   pause.json          the owner's pause, while there is one
 *   boot                the boot epoch
 *   log/                the public log
 *   jobs/ID/            one directory a job
 *   run/agent.sock      the control socket, and agent.lock
 * </pre>
 */
record Home(Path directory) {
  /**
   * The home: what {@code --home} says, else {@code ASSAY_HOME}, else where this platform keeps an
   * application's data.
   *
   * @param option the value of {@code --home}
   * @param environment the process's environment variables
   * @param system the Java system property of a name
   */
  static Home locate(
      Optional<Path> option, Map<String, String> environment, UnaryOperator<String> system) {
    Path directory =
        option
            .or(() -> path(environment, "ASSAY_HOME"))
            .orElseGet(() -> byConvention(environment, system));
    return new Home(directory.toAbsolutePath().normalize());
  }

  private static Path byConvention(Map<String, String> environment, UnaryOperator<String> system) {
    String platform = system.apply("os.name").toLowerCase(Locale.ROOT);
    Path user = Path.of(system.apply("user.home"));
    if (platform.startsWith("windows")) {
      return path(environment, "LOCALAPPDATA").orElse(user).resolve("assay");
    }
    if (platform.startsWith("mac")) {
      return user.resolve("Library/Application Support/assay");
    }
    if (system.apply("user.name").equals("root")) {
      return Path.of("/var/lib/assay");
    }
    return path(environment, "XDG_DATA_HOME").orElse(user.resolve(".local/share")).resolve("assay");
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty()).map(Path::of);
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  Path certificate() {
    return directory.resolve("cert.pem");
  }

  /** Who must have issued the certificates of peers, if the owner wants that. */
  Path authority() {
    return directory.resolve("authority.pem");
  }

  Path settings() {
    return directory.resolve("assay.toml");
  }

  /** The owner's pause, while there is one. */
  Path pause() {
    return directory.resolve("pause.json");
  }

  Path boot() {
    return directory.resolve("boot");
  }

  Path log() {
    return directory.resolve("log");
  }

  Path jobs() {
    return directory.resolve("jobs");
  }

  /** Which coordinator this node has joined. */
  Path coordinator() {
    return directory.resolve("coordinator.json");
  }

  /** The public key, for others. */
  Path publicKey() {
    return directory.resolve("id.jwk");
  }

  /** Held by the agent that runs on this home. */
  Path lock() {
    return directory.resolve("run/agent.lock");
  }

  Path socket() {
    return directory.resolve("run/agent.sock");
  }
}
