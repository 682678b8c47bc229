package dev.assay.gpu.proof;

import dev.assay.proof.Progress;

/** How far a proof is: written by the device's thread, told on the thread that asked. */
final class Steps {
  private final Progress progress;
  private volatile long done;
  private volatile long total;
  private long told = -1;

  Steps(Progress progress) {
    this.progress = progress;
  }

  void at(long newDone, long newTotal) {
    done = newDone;
    total = newTotal;
  }

  /** Tells it on, if there is something new. */
  void tell() {
    long now = done;
    if (now != told && total > 0) {
      told = now;
      progress.at(now, total);
    }
  }
}
