package dev.assay.daemon;

import dev.assay.owner.HostActivity;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A host that is as busy as a test wants, or cannot be looked at. */
final class FakeActivity implements HostActivity {
  volatile long milliLoad;
  volatile Optional<Instant> lastInput = Optional.empty();
  volatile boolean broken;

  @Override
  public long milliLoad() throws IOException {
    look();
    return milliLoad;
  }

  @Override
  public Optional<Instant> lastInput() throws IOException {
    look();
    return lastInput;
  }

  private void look() throws IOException {
    if (broken) {
      throw new IOException("there is no /proc");
    }
  }
}
