package dev.assay.log;

import dev.assay.crypto.SigningKey;
import dev.assay.log.AddCheckpointAnswer.Conflict;
import dev.assay.log.AddCheckpointAnswer.Cosigned;
import dev.assay.log.AddCheckpointAnswer.Reason;
import dev.assay.log.AddCheckpointAnswer.Refused;
import java.time.InstantSource;
import java.util.List;

/**
 * A witness's rule (C2SP tlog-witness): cosign what continues the last state that was cosigned, and
 * nothing else. The caller keeps that state of each log: it stores the new one durably before it
 * gives a cosignature away, and decides on one request of a log at a time.
 */
public record Witness(String name, SigningKey key, InstantSource clock) {
  /** Refuses a name that could not stand on a signature line. */
  public Witness {
    NoteKey.requireName(name);
  }

  /** The key that verifies the cosignatures. */
  public NoteKey noteKey() {
    return NoteKey.ofWitness(name, key.publicKey());
  }

  /**
   * Decides on a request.
   *
   * @param log the key of the log whose origin the request names
   * @param known the state that was cosigned last, {@link TreeHead#EMPTY} at first
   */
  public AddCheckpointAnswer answer(AddCheckpoint request, NoteKey log, TreeHead known) {
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.open(request.checkpoint(), log);
    } catch (LogFormatException e) {
      return new Refused(Reason.NOT_SIGNED, e.getMessage());
    }
    if (request.oldSize() > signed.size()) {
      return new Refused(
          Reason.MALFORMED,
          "the old size " + request.oldSize() + " is beyond the checkpoint's " + signed.size());
    }
    if (request.oldSize() != known.size()) {
      return new Conflict(known.size());
    }
    if (signed.size() == known.size() && !signed.head().root().equals(known.root())) {
      return new Conflict(known.size());
    }
    ConsistencyProof proof =
        new ConsistencyProof(request.oldSize(), signed.size(), request.proof());
    if (!proof.proves(known, signed.head())) {
      return new Refused(
          Reason.INCONSISTENT,
          "the proof does not show that "
              + signed.size()
              + " entries begin with the "
              + known.size()
              + " cosigned before");
    }
    return new Cosigned(List.of(Cosignature.sign(signed.checkpoint(), name, key, clock.instant())));
  }
}
