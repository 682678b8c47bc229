package dev.assay.log.store;

import dev.assay.log.LogFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that keeps apart what a program sees from what a power failure leaves. Each
 * changing operation has a number; at any of them the disk can fail, lose power, or begin to lie.
 * After a power failure each name that was not synced is there or not, one by one, as the chance
 * given decides.
 */
final class FakeDisk implements Disk {
  /** The power is gone: nothing works until {@link #afterPowerFailure}. */
  static final class PowerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What the disk does when asked for operation number {@code operation}. */
  interface Fault {
    void strike(int operation, Kind kind) throws IOException;
  }

  /** The operations that change the disk. */
  enum Kind {
    MAKE_DIRECTORY,
    WRITE,
    RENAME,
    SYNC,
    DELETE
  }

  static final Fault NONE = (operation, kind) -> {};

  private static final class Inode {
    private byte[] seen = new byte[0];
    private byte[] durable = new byte[0];
  }

  /** A change of names that is not durable yet: what {@code from} was is now {@code to}. */
  private record Pending(Optional<String> from, Optional<String> to, Optional<Inode> file) {
    boolean touches(String directory) {
      return from.filter(path -> FileBatch.parent(path).equals(directory)).isPresent()
          || to.filter(path -> FileBatch.parent(path).equals(directory)).isPresent();
    }

    /** A directory is a name without a file. */
    void applyTo(Map<String, Optional<Inode>> names) {
      from.ifPresent(names::remove);
      to.ifPresent(path -> names.put(path, file));
    }
  }

  private final Map<String, Optional<Inode>> seen = new TreeMap<>();
  private final Map<String, Optional<Inode>> durable = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<byte[]> shownCheckpoints = new ArrayList<>();
  private Fault fault = NONE;
  private boolean honest = true;
  private boolean powered = true;
  private int operations;

  /** The disk fails as this says from now on; operations are counted from 0 again. */
  void failAs(Fault next) {
    fault = next;
    operations = 0;
  }

  /** From now on the disk says that all is durable, and nothing is. */
  void lie() {
    honest = false;
  }

  /** How many changing operations there were since {@link #failAs}. */
  int operations() {
    return operations;
  }

  /** Every checkpoint that was ever seen under its name, oldest first. */
  List<byte[]> shownCheckpoints() {
    return shownCheckpoints;
  }

  /** The disk after the power is back. */
  FakeDisk afterPowerFailure(RandomGenerator random, double chanceOfName) {
    Map<String, Optional<Inode>> names = new HashMap<>(durable);
    for (Pending change : pending) {
      if (random.nextDouble() < chanceOfName) {
        change.applyTo(names);
      }
    }
    FakeDisk disk = new FakeDisk();
    names.forEach(
        (path, file) -> {
          if (isReachable(path, names)) {
            disk.restore(path, file);
          }
        });
    disk.shownCheckpoints.addAll(shownCheckpoints);
    return disk;
  }

  /** The disk as a new process finds it: the old one was killed, the machine ran on. */
  FakeDisk afterProcessDeath() {
    powered = false;
    FakeDisk disk = new FakeDisk();
    disk.seen.putAll(seen);
    disk.durable.putAll(durable);
    disk.pending.addAll(pending);
    disk.shownCheckpoints.addAll(shownCheckpoints);
    return disk;
  }

  private void restore(String path, Optional<Inode> file) {
    Optional<Inode> copy =
        file.map(
            old -> {
              Inode inode = new Inode();
              inode.durable = old.durable;
              inode.seen = old.durable;
              return inode;
            });
    seen.put(path, copy);
    durable.put(path, copy);
  }

  private static boolean isReachable(String path, Map<String, Optional<Inode>> names) {
    String parent = FileBatch.parent(path);
    return parent.isEmpty() || (names.containsKey(parent) && isReachable(parent, names));
  }

  @Override
  public synchronized Optional<byte[]> read(String path, int limit) throws IOException {
    requirePower();
    Optional<byte[]> bytes = seen.getOrDefault(path, Optional.empty()).map(file -> file.seen);
    if (bytes.isPresent() && bytes.get().length > limit) {
      throw new LogFormatException(path + " is longer than " + limit);
    }
    return bytes;
  }

  @Override
  public synchronized List<String> list(String directory) {
    requirePower();
    return seen.keySet().stream()
        .filter(path -> FileBatch.parent(path).equals(directory))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  @Override
  public synchronized void makeDirectory(String path) throws IOException {
    strike(Kind.MAKE_DIRECTORY);
    requireParent(path);
    if (!seen.containsKey(path)) {
      change(new Pending(Optional.empty(), Optional.of(path), Optional.empty()));
    }
  }

  @Override
  public synchronized void write(String path, byte[] bytes) throws IOException {
    requireParent(path);
    Optional<Inode> known = seen.getOrDefault(path, Optional.empty());
    Inode file = known.orElseGet(Inode::new);
    if (known.isEmpty()) {
      change(new Pending(Optional.empty(), Optional.of(path), Optional.of(file)));
    }
    // Whatever happens now, a part may be written.
    file.seen = Arrays.copyOf(bytes, bytes.length / 2);
    file.durable = file.seen;
    strike(Kind.WRITE);
    file.seen = bytes.clone();
    if (honest) {
      file.durable = file.seen;
    }
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    strike(Kind.RENAME);
    requireParent(to);
    Optional<Inode> file = seen.get(from);
    if (file == null) {
      throw new IOException("no such file: " + from);
    }
    change(new Pending(Optional.of(from), Optional.of(to), file));
    if (to.equals("checkpoint")) {
      shownCheckpoints.add(file.orElseThrow().seen);
    }
  }

  @Override
  public synchronized void sync(String directory) throws IOException {
    strike(Kind.SYNC);
    if (honest) {
      Set<Pending> done = new HashSet<>();
      for (Pending change : pending) {
        if (change.touches(directory)) {
          change.applyTo(durable);
          done.add(change);
        }
      }
      pending.removeAll(done);
    }
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    strike(Kind.DELETE);
    if (!list(path).isEmpty()) {
      throw new IOException("directory not empty: " + path);
    }
    if (seen.containsKey(path)) {
      change(new Pending(Optional.of(path), Optional.empty(), Optional.empty()));
    }
  }

  @Override
  public void close() {
    // The next to open it is the same test.
  }

  @Override
  public String toString() {
    return "memory";
  }

  private void change(Pending change) {
    change.applyTo(seen);
    pending.add(change);
  }

  private void strike(Kind kind) throws IOException {
    requirePower();
    try {
      fault.strike(operations++, kind);
    } catch (PowerFailure e) {
      powered = false;
      throw e;
    }
  }

  private void requirePower() {
    if (!powered) {
      throw new PowerFailure();
    }
  }

  private void requireParent(String path) throws IOException {
    String parent = FileBatch.parent(path);
    if (!parent.isEmpty() && !seen.containsKey(parent)) {
      throw new IOException("no such directory: " + parent);
    }
  }
}
