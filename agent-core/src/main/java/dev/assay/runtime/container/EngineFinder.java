package dev.assay.runtime.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a container engine by its socket: the owner's setting alone if there is one, else {@code
 * CONTAINER_HOST}, {@code DOCKER_HOST} and where Podman and Docker put theirs, as root and not.
 *
 * @param configured {@code containers.engine}
 * @param environment the agent's own
 */
record EngineFinder(
    Optional<Path> configured, Map<String, String> environment, Credentials credentials) {
  private static final String UNIX = "unix://";

  /**
   * The first engine that answers.
   *
   * @throws EngineException if none does, saying where it was looked for
   */
  ContainerEngine find() throws EngineException {
    List<String> tried = new ArrayList<>();
    for (String socket : candidates()) {
      if (!Files.exists(Path.of(socket))) {
        tried.add(socket + " (not there)");
        continue;
      }
      try {
        return open(socket, credentials);
      } catch (EngineException e) {
        tried.add(socket + " (does not answer)");
      }
    }
    throw EngineException.unreachable(
        "no container engine answers; tried " + String.join(", ", tried), null);
  }

  private static ContainerEngine open(String socket, Credentials credentials)
      throws EngineException {
    EngineConnection connection = new EngineConnection(socket);
    try {
      EngineApi.Maker maker =
          connection.isPodman() ? new PodmanMaker(connection) : new DockerMaker(connection);
      return new EngineApi(connection, maker, credentials);
    } catch (EngineException e) {
      connection.close();
      throw e;
    }
  }

  List<String> candidates() {
    if (configured.isPresent()) {
      return List.of(configured.get().toString());
    }
    List<String> sockets = new ArrayList<>();
    for (String variable : List.of("CONTAINER_HOST", "DOCKER_HOST")) {
      String value = environment.getOrDefault(variable, "");
      if (value.startsWith(UNIX)) {
        sockets.add(value.substring(UNIX.length()));
      }
    }
    List<String> places = new ArrayList<>();
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR")).ifPresent(places::add);
    userId().ifPresent(id -> places.add("/run/user/" + id));
    for (String place : places) {
      sockets.add(place + "/podman/podman.sock");
      sockets.add(place + "/docker.sock");
    }
    sockets.add("/run/podman/podman.sock");
    sockets.add("/run/docker.sock");
    sockets.add("/var/run/docker.sock");
    return sockets.stream().distinct().toList();
  }

  private static Optional<String> userId() {
    try {
      return Optional.of(String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
