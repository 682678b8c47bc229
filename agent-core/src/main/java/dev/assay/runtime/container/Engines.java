package dev.assay.runtime.container;

import java.util.Optional;

/** The host's container engine, looked for until one is found. */
final class Engines implements AutoCloseable {
  /** Finds an engine. */
  @FunctionalInterface
  interface Finder {
    ContainerEngine find() throws EngineException;
  }

  private final Finder finder;
  private Optional<ContainerEngine> engine = Optional.empty();

  Engines(Finder finder) {
    this.finder = finder;
  }

  synchronized ContainerEngine get() throws EngineException {
    if (engine.isEmpty()) {
      engine = Optional.of(finder.find());
    }
    return engine.get();
  }

  @Override
  public synchronized void close() {
    engine.ifPresent(ContainerEngine::close);
    engine = Optional.empty();
  }
}
