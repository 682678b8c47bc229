package dev.assay.log.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The few things that a log asks of a file system, and what each of them promises about a crash.
 * Paths are relative to the log's directory and use slashes; the directory itself is the empty
 * path. Contents become durable by {@link #write}, names only by {@link #sync} of their directory:
 * until then a crash may keep a new name or lose it.
 */
interface Disk extends Closeable {
  /** The file's bytes, as {@link dev.assay.log.source.LogSource} has it. */
  Optional<byte[]> read(String path, int limit) throws IOException;

  /** The names in a directory; none if there is no such directory. */
  List<String> list(String directory) throws IOException;

  /** Makes a directory in one that exists; nothing to do if it is there. */
  void makeDirectory(String path) throws IOException;

  /** Writes a file that replaces any of this name; its content is durable on return. */
  void write(String path, byte[] bytes) throws IOException;

  /** Gives a file another name, in place of any file there: either the old or the new is seen. */
  void rename(String from, String to) throws IOException;

  /** Makes the names in a directory durable. */
  void sync(String directory) throws IOException;

  /** Deletes a file or an empty directory; nothing to do if there is none. */
  void delete(String path) throws IOException;
}
