package dev.assay.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PTX that is checked in is that of the sources beside it. */
final class PtxSourcesTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path PTX = Path.of("src/main/resources/dev/assay/gpu/ptx");
  private static final String REMEDY =
      "the sources in %s and the PTX in %s differ: run %s/build-ptx"
          .formatted(SOURCES, PTX, SOURCES);

  @TempDir private Path directory;

  /** Needs no compiler, so it speaks on every machine. */
  @Test
  void everySourceAndEveryModuleHasTheChecksumThatWasRecorded() throws Exception {
    Map<String, String> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(PTX.resolve("CHECKSUMS"))) {
      String[] parts = line.split("  ", 2);
      recorded.put(parts[1], parts[0]);
    }

    Map<String, String> present = checksums(SOURCES);
    present.remove("README.md");
    present.putAll(checksums(PTX));
    present.remove("CHECKSUMS");
    assertThat(recorded).as(REMEDY).isEqualTo(present);
  }

  /** Wherever the compiler is, and always in CI. */
  @Test
  void theCompilerMakesTheSameModulesAgain() throws Exception {
    boolean inCi = System.getenv("CI") != null;
    assumeTrue(inCi || hasCompiler(), "clang-19 is not installed");

    Process build =
        new ProcessBuilder(SOURCES.resolve("build-ptx").toString(), directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.waitFor()).as(output).isZero();

    assertThat(checksums(directory)).as(REMEDY).isEqualTo(checksums(PTX));
  }

  private static boolean hasCompiler() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "clang-19")));
  }

  private static Map<String, String> checksums(Path folder)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> checksums = new TreeMap<>();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        byte[] digest = sha256.digest(Files.readAllBytes(file));
        checksums.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
      }
    }
    return checksums;
  }
}
