package dev.assay.log.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whole files that become durable together: each is written under a temporary name, made durable
 * and renamed, and at the end {@link #sync} makes the names durable. For one thread.
 */
final class FileBatch {
  private final Disk disk;
  private final WholeFiles files;
  private final Set<String> ensured = new LinkedHashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<String> written = new ArrayList<>();

  FileBatch(Disk disk, WholeFiles files) {
    this.disk = disk;
    this.files = files;
  }

  /** Writes a file, and the directories above it. */
  void put(String path, byte[] bytes) throws IOException {
    ensure(parent(path));
    ensure(WholeFiles.TEMPORARY);
    String temporary = files.temporary();
    try {
      disk.write(temporary, bytes);
      written.add(path);
      disk.rename(temporary, path);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
    changed.add(parent(path));
  }

  /** Makes all of the batch durable. */
  void sync() throws IOException {
    for (String directory : changed) {
      disk.sync(directory);
    }
    files.addDurable(ensured);
  }

  /** Deletes what was put, as far as that is possible: what is left over means nothing. */
  void undo(IOException reason) {
    written.forEach(path -> deleteQuietly(path, reason));
  }

  /** The name may be there and not durable, after a crash or a failed batch: sync it once. */
  private void ensure(String directory) throws IOException {
    if (directory.isEmpty() || files.isDurable(directory) || !ensured.add(directory)) {
      return;
    }
    ensure(parent(directory));
    disk.makeDirectory(directory);
    changed.add(parent(directory));
  }

  private void deleteQuietly(String path, IOException reason) {
    try {
      disk.delete(path);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
