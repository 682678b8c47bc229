package dev.assay.coordinator;

import dev.assay.control.ControlException;
import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.KeyId;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Takes proofs from challenge to result. The time between a challenge's sending and its
 * commitment's arrival is measured by the coordinator's monotonic clock; the times in its tokens
 * follow that clock too, so a jump of the wall clock spoils no receipt. What was sent once is sent
 * again in the same bytes.
 *
 * <p>Each step is noted in the database, then logged, then noted as done, then sent. What was noted
 * and perhaps not logged is logged at the next start (see {@link ProofRecovery}), so that nothing
 * is ever decided twice.
 */
final class ProofDesk {
  /**
   * A commitment that is on its way at the deadline still gets its receipt, and fails by its
   * witnessed time.
   */
  static final long GRACE_MS = 2000;

  private static final long LEAST_OPENING_MS = 60_000;

  private final Ledger ledger;
  private final Proofs proofs;
  private final OpenProofs open;
  private final Sessions sessions;
  private final Surroundings surroundings;
  private final Executor verifiers;
  private final OpeningCheck check;
  private final ProofEnd end;
  private final ProofGate gate;

  /**
   * A desk.
   *
   * @param verifiers recompute openings, so that no node waits for another's
   */
  ProofDesk(
      Ledger ledger,
      Proofs proofs,
      OpenProofs open,
      Sessions sessions,
      Surroundings surroundings,
      Executor verifiers) {
    this.ledger = ledger;
    this.proofs = proofs;
    this.open = open;
    this.sessions = sessions;
    this.surroundings = surroundings;
    this.verifiers = verifiers;
    this.check = new OpeningCheck(ledger.log());
    this.end = new ProofEnd(ledger, proofs, open, sessions, surroundings);
    this.gate = new ProofGate(ledger, proofs, open, end);
  }

  /**
   * Challenges a device; returns the proof's id.
   *
   * @param calibrates the class of devices whose speed a pass sets, if it does
   * @throws ControlException if the device has a proof under way
   */
  String challenge(
      KeyId node, String device, Proof proof, long deadlineMs, Optional<String> calibrates)
      throws IOException {
    if (!open.take(node.value(), device)) {
      throw ControlException.conflict(
          device + " of node " + node + " has a proof under way: wait for its end");
    }
    try {
      Instant now = surroundings.clock().instant();
      long nanos = surroundings.nanos().getAsLong();
      SignedToken<ChallengeToken> token =
          ledger.sign(token(node, device, proof, deadlineMs, now.getEpochSecond()));
      OpenProof opened = new OpenProof(token.token().id(), ProofChain.of(token), calibrates);
      opened.issued(now.toEpochMilli(), nanos);
      proofs.begin(opened.id(), opened.chain(), now.getEpochSecond());
      issue(opened);
      return opened.id();
    } catch (IOException | RuntimeException e) {
      open.giveBack(node.value(), device);
      throw e;
    }
  }

  /** Sends a node whose session is new what it may have missed. */
  void resume(NodeSession session) {
    for (OpenProof proof : open.of(session.node().id().value())) {
      synchronized (proof) {
        if (!proof.ended()) {
          session.send(
              proof.chain().receipt().isPresent()
                  ? receipt(proof)
                  : new FromCoordinator.Challenge(proof.chain().challenge().compact()));
        }
      }
    }
  }

  void commitment(NodeSession session, FromNode.Commitment message) throws IOException {
    long arrived = surroundings.nanos().getAsLong();
    SignedToken<CommitmentToken> token =
        Tokens.verify(message.token(), CommitmentToken.class, session.node());
    gate.step(
        session,
        token,
        proofs.ofChallenge(token.token().challenge()),
        proof -> {
          if (proof.chain().receipt().isPresent()) {
            session.send(receipt(proof));
          } else {
            witness(proof, token, TimeUnit.NANOSECONDS.toMillis(arrived - proof.sentNanos()));
          }
        });
  }

  /** Ends the proof without blame, unless the deadline has passed: then it has failed already. */
  void refusal(NodeSession session, FromNode.Refusal message) throws IOException {
    long arrived = surroundings.nanos().getAsLong();
    SignedToken<RefusalToken> token =
        Tokens.verify(message.token(), RefusalToken.class, session.node());
    gate.step(
        session,
        token,
        proofs.ofChallenge(token.token().challenge()),
        proof -> {
          if (arrived - proof.sentNanos() > deadlineNanos(proof)) {
            expire(proof);
            return;
          }
          proof.chain(proof.chain().with(token));
          ledger.append(token);
          end.refused(proof, token.token().reason());
        });
  }

  void opening(NodeSession session, FromNode.Opening message) throws IOException {
    SignedToken<OpeningToken> token =
        Tokens.verify(message.token(), OpeningToken.class, session.node());
    gate.step(
        session,
        token,
        proofs.ofReceipt(token.token().receipt()),
        proof -> {
          if (proof.chain().opening().isEmpty()) {
            proof.chain(proof.chain().with(token));
            ledger.append(token);
          }
          if (proof.fetch().isEmpty() && !failIfWrong(proof)) {
            proof.fetch(new BlobFetch(token.token().blob(), (int) token.token().size()));
          }
          if (!proof.ended()) {
            fetch(session, proof);
          }
        });
  }

  void blobData(NodeSession session, FromNode.BlobData piece) {
    for (OpenProof proof : open.of(session.node().id().value())) {
      synchronized (proof) {
        if (!proof.ended()
            && proof.fetch().isPresent()
            && proof.fetch().get().digest().equals(piece.sha256())
            && proof.fetch().get().take(piece)) {
          fetch(session, proof);
          return;
        }
      }
    }
  }

  /** Whether the proof is under way. */
  boolean isOpen(String id) {
    return open.find(id).isPresent();
  }

  /** Waits for the opening of a proof whose receipt an earlier coordinator has issued. */
  void waitForOpening(OpenProof proof, Duration left) {
    synchronized (proof) {
      open.add(proof);
      waitFor(proof, left);
    }
  }

  private void issue(OpenProof opened) throws IOException {
    synchronized (opened) {
      try {
        ledger.append(opened.chain().challenge());
      } catch (IOException e) {
        end.giveUp(opened, e);
        throw e;
      }
      open.add(opened);
      opened.sentNanos(surroundings.nanos().getAsLong());
      ChallengeToken token = opened.chain().challenge().token();
      sessions.send(
          token.subject().value(),
          new FromCoordinator.Challenge(opened.chain().challenge().compact()));
      waitFor(opened, Duration.ofMillis(token.deadlineMs() + GRACE_MS));
    }
  }

  private ChallengeToken token(KeyId node, String device, Proof proof, long deadlineMs, long now) {
    return new ChallengeToken(
        ledger.id(),
        node,
        surroundings.newId(),
        now,
        now + TimeUnit.MILLISECONDS.toSeconds(deadlineMs + GRACE_MS) + 1,
        Hash32.of(surroundings.bytes(Hash32.BYTES)),
        device,
        proof,
        deadlineMs);
  }

  private static long deadlineNanos(OpenProof proof) {
    return TimeUnit.MILLISECONDS.toNanos(proof.chain().challenge().token().deadlineMs());
  }

  /** The first commitment stops the clock. */
  private void witness(OpenProof proof, SignedToken<CommitmentToken> token, long witnessedMs)
      throws IOException {
    ChallengeToken challenge = proof.chain().challenge().token();
    if (witnessedMs > challenge.deadlineMs() + GRACE_MS) {
      expire(proof);
      return;
    }
    long elapsed = surroundings.nanos().getAsLong() - proof.issuedNanos();
    long issuedAt =
        ReceiptToken.issuedAt(
            proof.issuedAtMs(), TimeUnit.NANOSECONDS.toMillis(elapsed), witnessedMs);
    long openingMs = Math.max(LEAST_OPENING_MS, 2 * challenge.deadlineMs());
    SignedToken<ReceiptToken> receipt =
        ledger.sign(
            new ReceiptToken(
                ledger.id(),
                challenge.subject(),
                issuedAt,
                issuedAt + TimeUnit.MILLISECONDS.toSeconds(openingMs) + 1,
                token.digest(),
                witnessedMs,
                Hash32.of(surroundings.bytes(Hash32.BYTES))));
    proof.chain(proof.chain().with(token).with(receipt));
    proofs.decide(proof.id(), proof.chain());
    ledger.append(token, receipt);
    proofs.update(proof.id(), State.COMMITTED, proof.chain(), "");
    waitFor(proof, Duration.ofMillis(openingMs));
    sessions.send(challenge.subject().value(), receipt(proof));
    failIfWrong(proof);
  }

  /** Asks for what is missing of the opening, or has it verified when all of it is here. */
  private void fetch(NodeSession session, OpenProof proof) {
    BlobFetch fetch = proof.fetch().orElseThrow();
    fetch
        .next()
        .ifPresentOrElse(
            session::send,
            () -> {
              if (fetch.handOver()) {
                proof.stopTimer();
                verifiers.execute(() -> verify(proof, proof.chain(), fetch));
              }
            });
  }

  private void verify(OpenProof proof, ProofChain chain, BlobFetch fetch) {
    try {
      Optional<String> fault = check.fault(chain, fetch.blob());
      synchronized (proof) {
        if (!proof.ended()) {
          fault.ifPresentOrElse(reason -> end.fail(proof, reason), () -> end.pass(proof));
        }
      }
    } catch (IOException | RuntimeException e) {
      synchronized (proof) {
        end.giveUp(proof, e);
      }
    }
  }

  private boolean failIfWrong(OpenProof proof) {
    Optional<String> failure = proof.chain().failure();
    failure.ifPresent(reason -> end.fail(proof, reason));
    return failure.isPresent();
  }

  private void waitFor(OpenProof proof, Duration wait) {
    proof.timer(
        surroundings
            .timers()
            .after(
                wait,
                () -> {
                  synchronized (proof) {
                    if (!proof.ended()) {
                      expire(proof);
                    }
                  }
                }));
  }

  private void expire(OpenProof proof) {
    ProofChain chain = proof.chain();
    end.fail(
        proof,
        chain.receipt().isEmpty()
            ? "no commitment by the deadline"
            : chain.opening().isEmpty()
                ? "no opening by the receipt's expiry"
                : "the opening's bytes did not come by the receipt's expiry");
  }

  private static FromCoordinator.Receipt receipt(OpenProof proof) {
    return new FromCoordinator.Receipt(proof.chain().receipt().orElseThrow().compact());
  }
}
