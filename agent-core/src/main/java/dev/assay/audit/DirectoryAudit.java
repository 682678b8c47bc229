package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.log.Tile;
import dev.assay.log.TreeHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Checks the files of a directory that the newest checkpoint does not lead to: blobs that no token
 * names yet, and the narrower versions of unfinished tiles, which readers of earlier checkpoints
 * still ask for.
 */
final class DirectoryAudit {
  private static final String PARTIAL = ".p";
  private static final int BLOCK = 1 << 16;

  private final Path root;
  private final long size;
  private final Findings findings;

  DirectoryAudit(Path root, long size, Findings findings) {
    this.root = root;
    this.size = size;
    this.findings = findings;
  }

  void check() throws IOException {
    each("blob", this::blob);
    each("tile", this::tile);
  }

  private interface Visit {
    void file(Path file, String name) throws IOException;
  }

  private void each(String directory, Visit visit) throws IOException {
    Path start = root.resolve(directory);
    if (Files.notExists(start)) {
      return;
    }
    try (Stream<Path> files = Files.walk(start)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        try {
          visit.file(file, root.relativize(file).toString().replace('\\', '/'));
        } catch (NoSuchFileException e) {
          // A log that is being written drops files that a newer one has replaced.
        }
      }
    }
  }

  private void blob(Path file, String name) throws IOException {
    if (!digest(file).hex().equals(file.getFileName().toString())) {
      findings.broken(name, "its bytes are not those that it is named after");
    }
  }

  private void tile(Path file, String name) throws IOException {
    Path folder = file.getParent();
    if (!folder.getFileName().toString().endsWith(PARTIAL)) {
      return;
    }
    Tile narrow;
    try {
      narrow = Tile.parse(name);
    } catch (IllegalArgumentException e) {
      findings.broken(name, "it is no file of a log: " + e.getMessage());
      return;
    }
    int width = Tile.width(narrow.level(), narrow.index(), size);
    if (width <= narrow.width()) {
      return;
    }
    Path widest = root.resolve(new Tile(narrow.level(), narrow.index(), width).path());
    byte[] part = Files.readAllBytes(file);
    byte[] whole = Files.readAllBytes(widest);
    boolean right =
        part.length <= whole.length && Arrays.equals(part, 0, part.length, whole, 0, part.length);
    if (!right || (narrow.level() >= 0 && part.length != narrow.width() * TreeHash.LENGTH)) {
      findings.broken(name, "it is not the beginning of " + root.relativize(widest));
    }
  }

  private static Digest digest(Path file) throws IOException {
    MessageDigest digest = Digest.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    }
    return Digest.ofBytes(digest.digest());
  }
}
