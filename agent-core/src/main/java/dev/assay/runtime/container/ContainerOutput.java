package dev.assay.runtime.container;

import java.io.IOException;

/** Brings what a container writes into its job's files. Used by one thread. */
interface ContainerOutput extends AutoCloseable {
  /** Takes along what has come; returns at once. */
  void copy(OutputFiles files) throws IOException;

  /** Takes along the rest of a container that has ended. */
  void drain(OutputFiles files) throws IOException, InterruptedException;

  /** Has the next copy begin at the beginning, after one that failed. */
  void rewind();

  @Override
  void close();
}
