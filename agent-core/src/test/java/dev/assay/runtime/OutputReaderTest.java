package dev.assay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.job.OutputSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputReaderTest {
  @TempDir Path directory;

  private Path file(String content) throws Exception {
    return Files.writeString(directory.resolve("stdout"), content);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void readsAtAnyOffsetInBoundedPieces() throws Exception {
    OutputReader reader = new OutputReader(file("0123456789"), 100);

    assertThat(text(reader.read(0, 4))).isEqualTo("0123");
    assertThat(text(reader.read(8, 4))).isEqualTo("89");
    assertThat(reader.read(10, 4)).isEmpty();
    assertThat(reader.read(Long.MAX_VALUE, 4)).isEmpty();
    assertThat(reader.size()).isEqualTo(10);
    assertThatThrownBy(() -> reader.read(-1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.read(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNothingBeyondTheLimit() throws Exception {
    OutputReader reader = new OutputReader(file("0123456789"), 5);

    assertThat(text(reader.read(3, 100))).isEqualTo("34");
    assertThat(reader.size()).isEqualTo(5);
    assertThat(reader.summary().size()).isEqualTo(5);
  }

  @Test
  void aFileThatIsNotThereIsAnEmptyOne() throws Exception {
    OutputReader reader = new OutputReader(directory.resolve("none"), 5);

    assertThat(reader.read(0, 10)).isEmpty();
    assertThat(reader.size()).isZero();
    assertThat(reader.summary()).isEqualTo(OutputSummary.EMPTY);
  }

  @Test
  void followingMissesAndRepeatsNothingWhileTheFileGrows() throws Exception {
    byte[] content = new byte[300_000];
    new SplittableRandom(7).nextBytes(content);
    Path file = directory.resolve("stdout");
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (OutputStream out = Files.newOutputStream(file)) {
                    for (int at = 0; at < content.length; at += 1000) {
                      out.write(content, at, 1000);
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                  ended.set(true);
                });
    OutputReader reader = new OutputReader(file, 1 << 20);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    long end =
        reader.follow(
            0,
            777,
            ended::get,
            (offset, bytes) -> {
              assertThat(offset).isEqualTo(got.size());
              assertThat(bytes).hasSizeBetween(1, 777);
              got.writeBytes(bytes);
            });
    writer.join();

    assertThat(end).isEqualTo(content.length);
    assertThat(got.toByteArray()).isEqualTo(content);
    assertThat(reader.follow(end, 10, ended::get, (offset, bytes) -> {})).isEqualTo(end);
  }

  @Test
  void theSummaryIsOfAllBytes() throws Exception {
    assertThat(new OutputReader(file("abc"), 100).summary())
        .isEqualTo(new OutputSummary(3, "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"));
  }
}
