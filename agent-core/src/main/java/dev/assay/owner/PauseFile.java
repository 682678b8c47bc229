package dev.assay.owner;

import dev.assay.durable.DurableFile;
import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a pause is kept, so that it holds over a restart of the agent and of the host. */
public record PauseFile(Path path) {
  /**
   * The pause that is kept, also if it is over.
   *
   * @throws IOException if the file is damaged; the message says what to do
   */
  public Optional<Pause> read() throws IOException {
    try {
      return Optional.of(Pause.parse(StrictJson.object(Files.readAllBytes(path), "pause")));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JsonException e) {
      throw new IOException(
          path + " does not hold a pause (" + e.getMessage() + "); delete it to take on work again",
          e);
    }
  }

  /** Returns once the pause is durable. */
  public void write(Pause pause) throws IOException {
    DurableFile.replace(path, StrictJson.bytes(pause.toJson()));
  }

  /** Returns once it is durable that there is none. */
  public void clear() throws IOException {
    if (Files.deleteIfExists(path)) {
      DurableFile.syncDirectory(path.toAbsolutePath().getParent());
    }
  }
}
