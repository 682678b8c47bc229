package dev.assay.runtime.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Reads the log that Podman's {@code k8s-file} driver keeps: lines {@code TIME STREAM F|P TEXT},
 * where P stands for a piece without the line break that ends an F. At its size limit the driver
 * begins a new file in place of the old one; whoever has the old one open can still read its end.
 */
final class PodmanLog implements ContainerOutput {
  private static final String KEY_FILE = "log-key";
  private static final int BLOCK = 256 << 10;

  private final Path file;
  private final Path keyFile;
  private FileChannel channel;
  private String key = "";
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
  private byte[] rest = new byte[0];

  PodmanLog(Path file) {
    this.file = file;
    this.keyFile = file.resolveSibling(KEY_FILE);
  }

  /**
   * Makes the log before its container is started: so its beginning is known, also to an agent that
   * comes when the driver has begun another.
   */
  static void prepare(Path file) throws IOException {
    Path keyFile = file.resolveSibling(KEY_FILE);
    if (Files.notExists(keyFile)) {
      if (Files.notExists(file)) {
        Files.createFile(file);
      }
      Files.writeString(keyFile, key(file));
    }
  }

  @Override
  public void copy(OutputFiles files) throws IOException {
    if (channel == null && !open(files)) {
      return;
    }
    do {
      read(files);
    } while (!files.overflowed() && reopened());
  }

  @Override
  public void drain(OutputFiles files) throws IOException {
    copy(files);
  }

  @Override
  public void rewind() {
    close();
    channel = null;
    key = "";
    rest = new byte[0];
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Only read from.
    }
  }

  /** Opens the log for the first time. Another file than an earlier agent's is not all of it. */
  private boolean open(OutputFiles files) throws IOException {
    if (!reopened()) {
      return false;
    }
    if (Files.exists(keyFile) && !Files.readString(keyFile).equals(key)) {
      files.lost();
    } else {
      Files.writeString(keyFile, key);
    }
    return true;
  }

  private void read(OutputFiles files) throws IOException {
    while (channel.read(block.clear()) > 0 && !files.overflowed()) {
      byte[] bytes = Arrays.copyOf(rest, rest.length + block.position());
      System.arraycopy(block.array(), 0, bytes, rest.length, block.position());
      int start = 0;
      for (int i = rest.length; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          line(files, bytes, start, i);
          start = i + 1;
        }
      }
      rest = Arrays.copyOfRange(bytes, start, bytes.length);
    }
  }

  /** Whether there is another file now under the log's name, and it is open. */
  private boolean reopened() throws IOException {
    try {
      String now = key(file);
      if (now.equals(key)) {
        return false;
      }
      FileChannel other = FileChannel.open(file, StandardOpenOption.READ);
      if (channel != null) {
        channel.close();
        Files.writeString(keyFile, now);
      }
      channel = other;
      key = now;
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String key(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private static void line(OutputFiles files, byte[] bytes, int start, int end) throws IOException {
    int stream = after(bytes, start, end);
    int tag = after(bytes, stream, end);
    int text = after(bytes, tag, end);
    if (text > end) {
      throw new IOException("the engine's log has a line that is none");
    }
    // The line break that ends a whole line is the log's own, and the program's.
    int length = end - text + (bytes[tag] == 'F' ? 1 : 0);
    String name = new String(bytes, stream, tag - 1 - stream, StandardCharsets.US_ASCII);
    if (name.equals("stdout")) {
      files.stdout(bytes, text, length);
    } else {
      files.stderr(bytes, text, length);
    }
  }

  /** Where the next word begins; past the end if there is none. */
  private static int after(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == ' ') {
        return i + 1;
      }
    }
    return end + 1;
  }
}
