package dev.assay.runtime.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import dev.assay.job.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An engine through what Docker and Podman have in common; how containers are made is not. */
final class EngineApi implements ContainerEngine {
  /** What the engines do each in its own way. */
  interface Maker {
    void create(ContainerPlan plan) throws EngineException;

    ContainerOutput output(String name, Path log);
  }

  private static final int PULL_POLL_MILLIS = 100;

  private final EngineConnection connection;
  private final DockerClient docker;
  private final Maker maker;
  private final Credentials credentials;

  EngineApi(EngineConnection connection, Maker maker, Credentials credentials) {
    this.connection = connection;
    this.docker = connection.docker();
    this.maker = maker;
    this.credentials = credentials;
  }

  @Override
  public String name() {
    return connection.name();
  }

  @Override
  public Optional<LocalImage> image(ImageReference reference) throws EngineException {
    String asked = exact(reference);
    try {
      return Optional.of(local(reference, call(() -> docker.inspectImageCmd(asked).exec())));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void pull(
      ImageReference reference, Consumer<PullProgress> progress, BooleanSupplier cancelled)
      throws EngineException {
    PullCallback callback = new PullCallback(progress);
    try (PullCallback pull =
        connection
            .streams()
            .pullImageCmd(exact(reference))
            .withAuthConfig(credentials.of(reference.registry()))
            .exec(callback)) {
      while (!cancelled.getAsBoolean() && !pull.await(PULL_POLL_MILLIS)) {
        // It goes on.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // A stream that was read to its end.
    } catch (DockerException e) {
      throw EngineException.refused(EngineConnection.sentence(e));
    } catch (RuntimeException e) {
      throw EngineConnection.unreachable(e);
    }
    if (callback.error().isPresent() && !cancelled.getAsBoolean()) {
      throw EngineException.refused(callback.error().get());
    }
  }

  @Override
  public synchronized LocalImage load(Path archive, ImageReference reference)
      throws EngineException {
    try (InputStream in = Files.newInputStream(archive)) {
      call(() -> connection.streams().loadImageCmd(in).exec());
    } catch (IOException e) {
      throw EngineException.refused("the archive cannot be read: " + e.getMessage());
    }
    return image(reference)
        .orElseThrow(() -> EngineException.refused("the archive does not hold " + reference));
  }

  @Override
  public void create(ContainerPlan plan) throws EngineException {
    maker.create(plan);
  }

  @Override
  public void start(String name) throws EngineException {
    try {
      call(() -> docker.startContainerCmd(name).exec());
    } catch (NotModifiedException e) {
      // It runs already.
    }
  }

  @Override
  public Optional<ContainerState> find(String name) throws EngineException {
    try {
      return Optional.of(state(call(() -> docker.inspectContainerCmd(name).exec())));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void signal(String name, String signal) throws EngineException {
    try {
      call(() -> docker.killContainerCmd(name).withSignal(signal).exec());
    } catch (NotFoundException | ConflictException e) {
      // It does not run.
    } catch (EngineException e) {
      if (!e.getMessage().contains("running") && !e.getMessage().contains("state")) {
        throw e;
      }
      // Podman's way to say so.
    }
  }

  @Override
  public void remove(String name) throws EngineException {
    // Podman would otherwise ask it to end first, and wait.
    signal(name, "SIGKILL");
    try {
      call(() -> docker.removeContainerCmd(name).withForce(true).withRemoveVolumes(true).exec());
    } catch (NotFoundException | ConflictException e) {
      // It is gone, or someone else is removing it.
    }
  }

  @Override
  public List<String> labelled(String label, String value) throws EngineException {
    List<Container> found =
        call(
            () ->
                docker
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(label, value))
                    .exec());
    return found.stream()
        .flatMap(container -> Arrays.stream(container.getNames()).limit(1))
        .map(name -> name.startsWith("/") ? name.substring(1) : name)
        .toList();
  }

  @Override
  public long written(String name) throws EngineException {
    return connection.get("/containers/" + name + "/json?size=true").path("SizeRw").asLong();
  }

  @Override
  public ContainerOutput output(String name, Path log) {
    return maker.output(name, log);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** By its digest where there is one: then the tag says nothing. */
  static String exact(ImageReference reference) {
    return reference
        .digest()
        .map(digest -> reference.name() + "@" + digest)
        .orElseGet(reference::toString);
  }

  private static <T> T call(Supplier<T> request) throws EngineException {
    try {
      return request.get();
    } catch (NotFoundException | ConflictException | NotModifiedException e) {
      throw e;
    } catch (DockerException e) {
      throw EngineException.refused(EngineConnection.sentence(e));
    } catch (RuntimeException e) {
      throw EngineConnection.unreachable(e);
    }
  }

  private static LocalImage local(ImageReference reference, InspectImageResponse image) {
    List<String> known = image.getRepoDigests() == null ? List.of() : image.getRepoDigests();
    String ours = reference.name() + "@";
    String id = image.getId().startsWith("sha256:") ? image.getId() : "sha256:" + image.getId();
    String digest =
        reference
            .digest()
            .or(
                () ->
                    known.stream()
                        .filter(
                            name -> name.startsWith(ours) || shortened(ours).equals(prefix(name)))
                        .findFirst()
                        .map(name -> name.substring(name.indexOf('@') + 1)))
            .orElse(id);
    Map<String, ?> volumes = image.getConfig() == null ? null : image.getConfig().getVolumes();
    return new LocalImage(id, digest, volumes == null ? List.of() : List.copyOf(volumes.keySet()));
  }

  /** Docker writes names of its own registry without it. */
  private static String shortened(String name) {
    return name.replaceFirst("^docker\\.io/(library/)?", "");
  }

  private static String prefix(String name) {
    return name.substring(0, name.indexOf('@') + 1);
  }

  private static ContainerState state(InspectContainerResponse answer) {
    InspectContainerResponse.ContainerState state = answer.getState();
    ContainerState.Phase phase =
        switch (String.valueOf(state.getStatus())) {
          case "created", "configured", "initialized" -> ContainerState.Phase.CREATED;
          case "running", "paused", "stopping", "restarting" -> ContainerState.Phase.RUNNING;
          default -> ContainerState.Phase.EXITED;
        };
    return new ContainerState(
        phase,
        state.getPidLong() == null ? 0 : state.getPidLong(),
        state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue(),
        Boolean.TRUE.equals(state.getOOMKilled()),
        time(state.getStartedAt()),
        time(state.getFinishedAt()),
        answer.getId());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.ofNullable(text)
          .map(OffsetDateTime::parse)
          .map(OffsetDateTime::toInstant)
          .filter(at -> at.getEpochSecond() > 0);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
