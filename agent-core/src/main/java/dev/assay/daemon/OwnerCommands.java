package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.StopReason;
import dev.assay.owner.Pause;
import dev.assay.wire.Availability;
import dev.assay.wire.FromNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Carries out what the owner says to the agent as a whole, and what follows later: that a pause
 * ends by itself, and that an agent which has drained stops.
 */
final class OwnerCommands {
  /** How long results may wait for the coordinator's word before a drained agent stops. */
  private static final long LAST_WORDS_SECONDS = 30;

  private static final long LOOK_MILLIS = 200;

  private final AgentBase base;
  private final WorkGate gate;
  private final JobRuns runs;
  private final ProofDevices devices;
  private final ProofPipeline proofs;
  private final JobJournal journal;
  private Availability told;
  private Runnable afterDrain = () -> {};
  private long idleSince;
  private boolean idle;

  OwnerCommands(
      AgentBase base, WorkGate gate, JobRuns runs, ProofDevices devices, ProofPipeline proofs) {
    this.base = base;
    this.gate = gate;
    this.runs = runs;
    this.devices = devices;
    this.proofs = proofs;
    this.journal = base.parts().jobs();
    this.told = gate.availability();
  }

  /** Goes on with what the owner said to an agent before this one, and watches from now on. */
  void begin() {
    if (!told.isOpen()) {
      base.events().accept(new AgentEvent.AvailabilityChanged(told));
    }
    gate.pause().filter(pause -> pause.mode() == Pause.Mode.NOW).ifPresent(pause -> endAll());
    var unused =
        base.timer()
            .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From when this returns nothing new is let in, over restarts too. */
  void pause(Pause pause) throws IOException {
    // Whatever was being let in is in by then, or is not; so what has to end is all known.
    synchronized (base.memory()) {
      synchronized (journal) {
        gate.close(pause);
      }
    }
    if (pause.mode() == Pause.Mode.NOW) {
      endAll();
    }
    tell();
  }

  /** Lets new work in again. */
  void resume() throws IOException {
    gate.open();
    tell();
  }

  /** Lets nothing new in, and calls {@code stop} when what runs has ended. */
  synchronized void drain(Runnable stop) {
    afterDrain = stop;
    idle = false;
    gate.drain();
    tell();
  }

  /** A session stands whose hello said this. */
  void onSession(Availability said) {
    Availability now = gate.availability();
    if (!now.equals(said)) {
      base.link().send(new FromNode.AvailabilityChange(now));
    }
  }

  /** An opening is owed and goes on; everything else ends. */
  private void endAll() {
    devices.stopForOwner();
    runs.stopAll(StopReason.OWNER);
  }

  private synchronized void tell() {
    Availability now = gate.availability();
    if (!now.equals(told)) {
      told = now;
      base.link().send(new FromNode.AvailabilityChange(now));
      base.events().accept(new AgentEvent.AvailabilityChanged(now));
    }
  }

  private void look() {
    try {
      gate.forgetOver();
    } catch (IOException e) {
      base.events()
          .accept(new Trouble("a pause that is over cannot be removed: " + e.getMessage()));
    }
    tell();
    if (gate.isDraining() && isDrained()) {
      afterDrain.run();
    }
  }

  private synchronized boolean isDrained() {
    if (runs.anyRunning() || proofs.open().stream().anyMatch(this::isWorkedOn)) {
      idle = false;
      return false;
    }
    long now = base.parts().nanos().getAsLong();
    if (!idle) {
      idle = true;
      idleSince = now;
    }
    boolean allSaid =
        proofs.open().isEmpty() && journal.all().stream().allMatch(JobRecord::acknowledged);
    return allSaid
        || base.link().session().isEmpty()
        || now - idleSince > TimeUnit.SECONDS.toNanos(LAST_WORDS_SECONDS);
  }

  private boolean isWorkedOn(OpenProof proof) {
    return proof.occupies() && !base.memory().time().isPast(proof.endsBy());
  }
}
