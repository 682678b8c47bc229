package dev.assay.log.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Starts a main class in JVMs of its own, many times: what it needs is packed into one jar without
 * signatures, for only such classes can be loaded from an archive that all the JVMs share.
 */
final class FastJvm {
  private final Path jar;
  private final Path archive;
  private final Class<?> main;

  /** Packs the class path entries that these classes come from. */
  FastJvm(Path directory, Class<?> main, Class<?>... needed) throws IOException {
    this.jar = directory.resolve("all.jar");
    this.archive = directory.resolve("all.jsa");
    this.main = main;
    Set<String> packed = new HashSet<>();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(0);
      for (Class<?> each : needed) {
        pack(place(each), packed, out);
      }
    }
  }

  /**
   * Starts a JVM that writes to this file; one that ends by itself leaves the archive for those
   * that come later.
   */
  Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=off"));
    command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
    command.addAll(List.of("-cp", jar.toString(), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pack(Path place, Set<String> packed, JarOutputStream out) throws IOException {
    if (Files.isDirectory(place)) {
      try (var files = Files.walk(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          try (InputStream in = Files.newInputStream(file)) {
            add(place.relativize(file).toString(), in, packed, out);
          }
        }
      }
      return;
    }
    try (JarFile source = new JarFile(place.toFile(), false)) {
      for (JarEntry entry : source.stream().filter(e -> !e.isDirectory()).toList()) {
        try (InputStream in = source.getInputStream(entry)) {
          add(entry.getName(), in, packed, out);
        }
      }
    }
  }

  private static void add(String name, InputStream in, Set<String> packed, JarOutputStream out)
      throws IOException {
    if (name.endsWith(".class") && !name.startsWith("META-INF/") && packed.add(name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
  }
}
