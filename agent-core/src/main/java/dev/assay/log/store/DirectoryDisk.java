package dev.assay.log.store;

import dev.assay.log.source.DirectorySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real directory, held by one process at a time through a lock on the file {@code lock}. */
final class DirectoryDisk implements Disk {
  private static final String LOCK = "lock";

  private final Path root;
  private final FileChannel lock;

  private DirectoryDisk(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Makes the directory if need be and takes its lock, or says who has it. */
  static DirectoryDisk open(Path root) throws IOException {
    FileChannel channel;
    try {
      channel = openLock(root);
    } catch (IOException e) {
      throw new LogRefusedException(
          "the log in %s cannot be opened (%s): give a directory that this user can write to"
              .formatted(root, e),
          e);
    }
    if (!locks(channel)) {
      String owner = owner(channel);
      channel.close();
      throw new LogRefusedException(
          "the log in " + root + " is in use by " + owner + ": stop it first");
    }
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new DirectoryDisk(root, channel);
  }

  private static FileChannel openLock(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      sync(root.toAbsolutePath().normalize().getParent());
    }
    return FileChannel.open(
        root.resolve(LOCK),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** The lock belongs to the channel and ends with it, or with the process. */
  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    int length = channel.read(pid, 0);
    return length > 0
        ? "process " + new String(pid.array(), 0, length, StandardCharsets.US_ASCII)
        : "another process";
  }

  @Override
  public Optional<byte[]> read(String path, int limit) throws IOException {
    return new DirectorySource(root).read(path, limit);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(directory))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public void makeDirectory(String path) throws IOException {
    Path directory = root.resolve(path);
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
    }
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            root.resolve(path),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      file.force(true);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        root.resolve(from),
        root.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void sync(String directory) throws IOException {
    sync(root.resolve(directory));
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(root.resolve(path));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** The directory, for messages. */
  @Override
  public String toString() {
    return root.toString();
  }
}
