package dev.assay.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a socket: who may reach it, and whether somebody still answers behind it. */
final class SocketFile {
  private final Path socket;

  SocketFile(Path socket) {
    this.socket = socket.toAbsolutePath();
  }

  /** Makes the directory private, and the place free. */
  void prepare() throws IOException {
    Path directory = socket.getParent();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      if (!isSocket()) {
        throw new IOException(socket + " is not a socket: move it away");
      }
      if (isAnswered()) {
        throw new IOException("another process answers on " + socket + ": only one can run there");
      }
      Files.delete(socket);
    }
  }

  /**
   * Lets only the owner connect. The directory's mode has covered the moment since it was bound.
   */
  void restrict() throws IOException {
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
  }

  private boolean isSocket() throws IOException {
    return Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  private boolean isAnswered() throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return connection.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }
}
