package dev.assay.benchmark.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.benchmark.BenchmarkProgress;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Effort;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Repetition;
import dev.assay.benchmark.UnmeasuredException;
import dev.assay.hardware.Component;
import dev.assay.hardware.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBenchTest {
  private static final Effort BRIEF =
      new Effort(1, Duration.ofMillis(1), Duration.ofMillis(1), 32 << 20, 0);

  @TempDir Path directory;

  private static Repetition brief() {
    return new Repetition(BRIEF, System::nanoTime, BenchmarkProgress.NONE);
  }

  private static Device processors(long cacheBytes, long freeBytes) {
    return new Device("cpu:0", Component.Kind.CPU, "Test", 2, 2, cacheBytes, freeBytes);
  }

  private static List<String> unmeasured(DeviceResult result, String prefix) {
    return result.figures().stream()
        .filter(figure -> figure.subject().name().startsWith(prefix))
        .map(Figure::outcome)
        .filter(Outcome.NotMeasured.class::isInstance)
        .map(outcome -> ((Outcome.NotMeasured) outcome).reason())
        .toList();
  }

  @Test
  void everythingIsMeasuredAndNothingIsLeftBehind() throws Exception {
    DeviceResult result = new HostBench(processors(1 << 20, 1L << 30), directory, 0).run(brief());

    assertThat(result.figures())
        .extracting(figure -> figure.subject().name())
        .contains(
            "memory-copy",
            "memory-read",
            "memory-write",
            "sha-256-one-core",
            "sha-256-all-cores",
            "disk-write-sequential",
            "disk-read-random-deep")
        .doesNotHaveDuplicates();
    assertThat(result.figures())
        .filteredOn(figure -> figure.outcome() instanceof Outcome.Measured)
        .allSatisfy(figure -> assertThat(figure.median().orElseThrow()).isPositive());
    assertThat(unmeasured(result, "memory")).isEmpty();
    assertThat(result.figure("sha-256-all-cores").orElseThrow().share()).isPresent();
    assertThat(result.findings()).isEmpty();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theDisksFileHasNoNameWhileItIsInUse() throws Exception {
    try (DiskFile file = DiskFile.write(directory, 32 << 20);
        Stream<Path> names = Files.list(directory)) {
      assertThat(file.bytes()).isEqualTo(32 << 20);
      assertThat(names).isEmpty();
      ByteBuffer block = file.buffer(DiskFile.SMALL_BLOCK);
      file.read(block, DiskFile.LARGE_BLOCK);
      assertThat(block.getLong(0)).as("blocks are written before they are read").isNotZero();
    }
  }

  @Test
  void aReadFromTheCacheIsNotCalledOneFromTheDisk() throws Exception {
    Disk cached =
        new Disk(directory, 32 << 20) {
          @Override
          DiskFile write(Path place, long bytes) throws IOException, UnmeasuredException {
            return DiskFile.write(place, bytes, Set.of());
          }
        };
    try (cached) {
      List<Figure> figures = brief().figures("cpu:0", DiskWork.all(cached));

      assertThat(figures.getFirst().median()).as("synced writes").isPresent();
      assertThat(figures)
          .filteredOn(figure -> figure.subject().name().startsWith("disk-read"))
          .hasSize(3)
          .allSatisfy(
              figure ->
                  assertThat(figure.outcome())
                      .isInstanceOfSatisfying(
                          Outcome.NotMeasured.class,
                          not -> assertThat(not.reason()).contains("no direct access", "--disk")));
    }
  }

  @Test
  void aMissingDirectoryIsNamed() throws Exception {
    DeviceResult result =
        new HostBench(processors(1 << 20, 1L << 30), directory.resolve("none"), 0).run(brief());

    assertThat(unmeasured(result, "disk"))
        .hasSize(5)
        .allMatch(reason -> reason.contains("none") && reason.contains("--disk DIR"));
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void arraysThatTheCachesCouldHoldSayNothingOfMemory() throws Exception {
    DeviceResult result = new HostBench(processors(1L << 30, 1L << 30), directory, 0).run(brief());

    assertThat(unmeasured(result, "memory"))
        .hasSize(3)
        .allMatch(reason -> reason.contains("1024 MiB of caches") && reason.contains("-Xmx"));
  }

  @Test
  void aBusyHostIsAFinding() throws Exception {
    DeviceResult result =
        new HostBench(processors(1L << 30, 1L << 30), directory, 1.9).run(brief());

    assertThat(result.findings()).extracting(Finding::name).containsExactly("host-busy");
    assertThat(result.findings().getFirst().sentence()).contains("1.9 threads", "2 processors");
  }
}
