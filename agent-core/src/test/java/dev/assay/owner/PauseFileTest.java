package dev.assay.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseFileTest {
  private static final Instant SINCE = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path directory;

  @Test
  void aPauseIsKeptUntilItIsCleared() throws Exception {
    PauseFile file = new PauseFile(directory.resolve("pause.json"));
    assertThat(file.read()).isEmpty();
    Pause now = new Pause(Pause.Mode.NOW, SINCE, Optional.of(SINCE.plusSeconds(1)));
    file.write(now);
    assertThat(file.read()).contains(now);
    Pause open = new Pause(Pause.Mode.AFTER_JOBS, SINCE, Optional.empty());
    file.write(open);
    assertThat(file.read()).contains(open);
    file.clear();
    file.clear();
    assertThat(file.read()).isEmpty();
  }

  @Test
  void aDamagedFileIsNoConsent() throws Exception {
    Path file = Files.writeString(directory.resolve("pause.json"), "{\"mode\":\"later\"}");
    assertThatThrownBy(() -> new PauseFile(file).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not hold a pause")
        .hasMessageContaining("delete it");
  }
}
