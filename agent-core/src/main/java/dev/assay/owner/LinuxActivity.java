package dev.assay.owner;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The activity of a Linux host, from {@code /proc/loadavg} and from the times at which terminals
 * were last read from, as {@code w} tells who is idle: {@code /dev/tty1} and so on, serial lines
 * and {@code /dev/pts}. The kernel keeps these times to within eight seconds. A graphical session
 * reads keyboard and mouse past them, so only its terminal windows count.
 *
 * @param root where {@code proc} and {@code dev} are
 */
public record LinuxActivity(Path root) implements HostActivity {
  private static final Pattern TERMINAL = Pattern.compile("tty(S|USB|ACM|AMA)?[0-9]+");
  private static final Pattern PSEUDO_TERMINAL = Pattern.compile("[0-9]+");

  @Override
  public long milliLoad() throws IOException {
    String text = Files.readString(root.resolve("proc/loadavg"));
    try {
      return new BigDecimal(text.split(" ", 2)[0]).movePointRight(3).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IOException("/proc/loadavg reads '" + text.strip() + "'", e);
    }
  }

  @Override
  public Optional<Instant> lastInput() throws IOException {
    return Stream.concat(
            newest(root.resolve("dev"), TERMINAL).stream(),
            newest(root.resolve("dev/pts"), PSEUDO_TERMINAL).stream())
        .max(Instant::compareTo);
  }

  private static Optional<Instant> newest(Path directory, Pattern name) throws IOException {
    Optional<Instant> newest = Optional.empty();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            directory, file -> name.matcher(file.getFileName().toString()).matches())) {
      for (Path file : files) {
        Instant read = lastRead(file);
        if (newest.isEmpty() || newest.get().isBefore(read)) {
          newest = Optional.of(read);
        }
      }
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return newest;
  }

  /** A terminal that is closed meanwhile was in use until now. */
  private static Instant lastRead(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).lastAccessTime().toInstant();
    } catch (NoSuchFileException closed) {
      return Instant.MAX;
    }
  }
}
