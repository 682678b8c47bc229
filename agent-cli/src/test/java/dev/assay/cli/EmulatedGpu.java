package dev.assay.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code assay} as a process of its own on a host whose GPU is the emulated one. This process
 * itself has none: a driver library cannot be taken back.
 */
record EmulatedGpu(String settings) {
  private static final Path LIBRARIES = Path.of("../agent-gpu/target/emulator");

  Invocation run(Path home, String... args) throws IOException, InterruptedException {
    Path err = Files.createTempFile("assay", ".err");
    Process process = builder(home, args).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    String errors = Files.readString(err);
    Files.delete(err);
    return new Invocation(exitCode, out, errors);
  }

  /** Starts a command that goes on; what it prints goes to a file. */
  Process start(Path home, Path log, String... args) throws IOException {
    return builder(home, args).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private ProcessBuilder builder(Path home, String... args) throws IOException {
    if (Files.notExists(LIBRARIES.resolve("libcuda.so.1"))) {
      throw new AssertionError("agent-gpu's tests build " + LIBRARIES + ": run them first.");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "LD_LIBRARY_PATH", LIBRARIES.toRealPath().toString(), "ASSAY_EMULATOR", settings));
    return builder;
  }
}
