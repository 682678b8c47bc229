package dev.assay.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files that are there whole, or as they were before, through any crash. One thread at a time
 * replaces a file.
 */
public final class DurableFile {
  /** What a file's name ends with while it is being written; a crash may leave one behind. */
  private static final String TEMPORARY = ".tmp";

  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING);

  private DurableFile() {}

  /** Returns once the content is durable under the file's name; only its owner can read it. */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, content, "rw-------");
  }

  /** As {@link #replace(Path, byte[])}, with permissions as {@code ls} shows them. */
  public static void replace(Path file, byte[] content, String permissions) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
    write(temporary, content, permissions);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(file.toAbsolutePath().getParent());
  }

  /**
   * As {@link #replace(Path, byte[])}, where there is no file yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one; it stays as it is
   */
  public static void create(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    // A name of its own, since several processes may try at once; private from the first moment.
    Path temporary = Files.createTempFile(directory, "." + file.getFileName(), TEMPORARY);
    try {
      write(temporary, content, "rw-------");
      // A second name for the finished file: unlike a rename it cannot replace another.
      Files.createLink(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncDirectory(directory);
  }

  private static void write(Path file, byte[] content, String permissions) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            OPTIONS,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Returns once the names in the directory are durable. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
