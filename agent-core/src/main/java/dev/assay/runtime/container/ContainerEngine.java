package dev.assay.runtime.container;

import dev.assay.job.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What makes containers: the seam to Docker and Podman. Safe for use by several threads. */
interface ContainerEngine extends AutoCloseable {
  /** Such as {@code Podman 4.3.1}. */
  String name();

  /** The image as the engine has it, or empty if it has none of that name. */
  Optional<LocalImage> image(ImageReference reference) throws EngineException;

  /**
   * Gets an image from its registry. Returns when it is there, or early if {@code cancelled}.
   *
   * @param progress told each time that more has come
   */
  void pull(ImageReference reference, Consumer<PullProgress> progress, BooleanSupplier cancelled)
      throws EngineException;

  /** Takes an image from an archive that holds one of that name, and returns it. */
  LocalImage load(Path archive, ImageReference reference) throws EngineException;

  /**
   * Makes a container and does not start it. Where one of its name is there already, that stands.
   */
  void create(ContainerPlan plan) throws EngineException;

  /** Starts it. */
  void start(String name) throws EngineException;

  /** A container by its name, or empty if there is none. */
  Optional<ContainerState> find(String name) throws EngineException;

  /** Sends it a signal; nothing if it does not run. */
  void signal(String name, String signal) throws EngineException;

  /** Ends it by force and removes it with all that it wrote; nothing if it is not there. */
  void remove(String name) throws EngineException;

  /** The names of all containers that have a label of that value. */
  List<String> labelled(String label, String value) throws EngineException;

  /** How much a container has written to its own file system. */
  long written(String name) throws EngineException;

  /**
   * What a container writes, from its beginning.
   *
   * @param log where the engine was told to keep it, if it can be told
   */
  ContainerOutput output(String name, Path log);

  @Override
  void close();
}
