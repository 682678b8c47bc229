package dev.assay.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Unpacks a host that is written down as one file of the test resources. */
final class HostTree {
  private HostTree() {}

  static Path unpack(String name, Path directory) throws IOException {
    Path current = null;
    for (String line : resource(name).lines().toList()) {
      if (line.startsWith("== ")) {
        String[] words = line.substring(3).split(" ", -1);
        current = directory.resolve(words[0]);
        Files.createDirectories(current.getParent());
        if (words.length == 3) {
          Files.createSymbolicLink(current, Path.of(words[2]));
        } else {
          Files.createFile(current);
        }
        if (words.length == 2 && !current.toFile().setExecutable(true)) {
          throw new IOException("cannot make " + current + " executable");
        }
      } else if (current != null) {
        Files.writeString(current, line + "\n", StandardOpenOption.APPEND);
      }
    }
    return directory;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HostTree.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
