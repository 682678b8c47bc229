package dev.assay.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds the product needs a JDK: the kernels come as PTX, and no C compiler is run. */
final class PlainBuildTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> PARTS =
      List.of(
          "pom.xml",
          "mvnw",
          ".mvn",
          "packaging/pom.xml",
          "packaging/lib",
          "agent-core/pom.xml",
          "agent-gpu/pom.xml",
          "agent-gpu/src",
          "agent-cli/pom.xml");

  @TempDir private Path directory;

  /** Java's own compilation is left out here, being as it is in every build. */
  @Test
  void runsNoCompilerButJavas() throws Exception {
    PARTS.forEach(this::copy);
    Path called = directory.resolve("called");
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String compiler : List.of("gcc", "g++", "cc", "c++", "clang", "clang-19", "nvcc")) {
      Path tool = tools.resolve(compiler);
      Files.writeString(tool, "#!/bin/sh\necho \"$0\" >>" + called + "\nexit 1\n");
      Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    ProcessBuilder build =
        new ProcessBuilder("./mvnw", "-o", "-q", "-Dmaven.test.skip=true", "-Dmaven.main.skip=true")
            .directory(directory.resolve("product").toFile())
            .redirectErrorStream(true);
    build.command().addAll(List.of("-Djacoco.skip=true", "-pl", "agent-gpu", "-am", "test"));
    build.environment().merge("PATH", tools + ":", (path, first) -> first + path);

    Process process = build.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();

    assertThat(called).as("compilers that were run").doesNotExist();
    assertThat(directory.resolve("product/agent-gpu/target/classes/dev/assay/gpu/ptx"))
        .isDirectoryContaining("glob:**/proof.sm70.ptx");
  }

  private void copy(String part) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = directory.resolve("product").resolve(ROOT.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
