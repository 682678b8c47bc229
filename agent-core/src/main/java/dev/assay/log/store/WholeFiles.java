package dev.assay.log.store;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files whole, in batches that become durable together. Remembers which directories this
 * process has made durable: a directory that was merely found may be lost in a power failure with
 * all that is put into it, so its name is synced once.
 */
final class WholeFiles {
  /** Where files are while they are written. */
  static final String TEMPORARY = "tmp";

  private final Disk disk;
  private final Set<String> durableDirectories = ConcurrentHashMap.newKeySet();
  private final AtomicLong temporaries = new AtomicLong();

  WholeFiles(Disk disk) {
    this.disk = disk;
  }

  /** A batch without files. */
  FileBatch batch() {
    return new FileBatch(disk, this);
  }

  /** A name below {@link #TEMPORARY} that no other batch has. */
  String temporary() {
    return TEMPORARY + "/" + temporaries.getAndIncrement();
  }

  boolean isDurable(String directory) {
    return durableDirectories.contains(directory);
  }

  void addDurable(Collection<String> directories) {
    durableDirectories.addAll(directories);
  }

  /** The directory was deleted. */
  void forget(String directory) {
    durableDirectories.remove(directory);
  }
}
