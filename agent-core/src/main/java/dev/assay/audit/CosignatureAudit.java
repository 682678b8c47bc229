package dev.assay.audit;

import dev.assay.crypto.PublicKey;
import dev.assay.log.Cosignature;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the signature lines that others added to a checkpoint. A line by a stranger means nothing
 * (C2SP signed-note), but one that has either the name or the id of a key that we know and not the
 * other was damaged.
 */
final class CosignatureAudit {
  /** What a coordinator calls itself as a witness, before its key id. */
  static final String WITNESS = "assay.dev/witness/";

  private final KeyRing keys;
  private final Findings findings;
  private final Set<String> cosigners = new LinkedHashSet<>();

  CosignatureAudit(KeyRing keys, Findings findings) {
    this.keys = keys;
    this.findings = findings;
  }

  void check(String place, SignedCheckpoint checkpoint, NoteKey log) {
    int ofLog = 0;
    for (NoteSignature line : checkpoint.note().signatures()) {
      if (log.isNamedBy(line)) {
        ofLog++;
        if (ofLog > 1 || !log.verifies(checkpoint.note().text(), line)) {
          findings.broken(place, "it has a second signature of " + log.name());
        }
      } else {
        check(place, checkpoint, line);
      }
    }
  }

  List<String> cosigners() {
    return List.copyOf(cosigners);
  }

  private void check(String place, SignedCheckpoint checkpoint, NoteSignature line) {
    for (PublicKey key : keys.all()) {
      NoteKey asNamed = NoteKey.ofWitness(line.name(), key);
      NoteKey expected = NoteKey.ofWitness(WITNESS + key.id().value(), key);
      if (asNamed.isNamedBy(line)) {
        if (asNamed.verifies(checkpoint.note().text(), line)) {
          cosigners.add(line.name() + " at " + Cosignature.time(line));
        } else {
          findings.broken(place, "the cosignature of " + line.name() + " does not hold");
        }
        return;
      }
      if (expected.name().equals(line.name()) || expected.id() == line.keyId()) {
        findings.broken(
            place, "name and key id of the cosignature of " + line.name() + " do not go together");
        return;
      }
    }
    findings.note(
        place, "a signature by " + line.name() + " was not checked, its key is not given");
  }
}
