package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code packaging/gpu-check} from a carried folder, as on a machine without this checkout. */
class GpuCheckScriptTest {
  @TempDir Path carried;

  /** What {@code --carry} makes, from the classes that this test runs with. */
  private void carry() throws IOException {
    Path script = Files.createDirectories(carried.resolve("packaging")).resolve("gpu-check");
    Files.copy(Path.of("../packaging/gpu-check"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path target = Files.createDirectories(carried.resolve("agent-cli/target"));
    Path libraries = Files.createDirectory(target.resolve("lib"));
    Files.createSymbolicLink(carried.resolve("java"), Path.of(System.getProperty("java.home")));
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        Files.createSymbolicLink(libraries.resolve(number++ + ".jar"), path.toAbsolutePath());
      } else if (path.endsWith("agent-cli/target/classes")) {
        archive(path, target.resolve("agent-cli-0.jar"));
      } else if (path.endsWith("target/classes")) {
        archive(path, libraries.resolve(number++ + ".jar"));
      }
    }
  }

  private static void archive(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        archive.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, archive);
      }
    }
  }

  private Invocation run(String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(carried.resolve("packaging/gpu-check").toString()),
                    Stream.of(arguments))
                .toList());
    builder.environment().remove("JAVA_HOME");
    builder
        .environment()
        .putAll(
            Map.of(
                "LD_LIBRARY_PATH",
                Path.of("../agent-gpu/target/emulator").toRealPath().toString(),
                "ASSAY_EMULATOR",
                "sms=1;mem=64M;attribute.38=1048576",
                "JAVA_OPTS",
                "-Xmx512m -XX:TieredStopAtLevel=1"));
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Invocation(process.waitFor(), text, "");
  }

  @Test
  void runsFromAFolderThatWasCarried() throws Exception {
    carry();

    Invocation check = run("--tiny");

    assertThat(check.exitCode()).as(check.out()).isZero();
    assertThat(check.out()).contains("kernels and proofs agree", "| device-to-device copy |");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    carry();
    Files.delete(carried.resolve("agent-cli/target/agent-cli-0.jar"));

    Invocation check = run();

    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.out()).contains("not built yet", "--carry");
    assertThat(List.of(run("--help").out().split("\n")))
        .contains("Usage: packaging/gpu-check [--device ID] [--out FILE] [--tiny]");
  }
}
