package dev.assay.coordinator;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.PublicKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import dev.assay.token.ChainFault;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes proofs from challenge to result. The time between a challenge's sending and its
 * commitment's arrival is measured by the coordinator's monotonic clock; the times in its tokens
 * follow that clock too, so a jump of the wall clock spoils no receipt. What was sent once is sent
 * again in the same bytes.
 */
final class ProofDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ProofDesk.class);

  /**
   * A commitment that is on its way at the deadline still gets its receipt, and fails by its
   * witnessed time.
   */
  private static final long GRACE_MS = 2000;

  private static final long LEAST_OPENING_MS = 60_000;

  private final Ledger ledger;
  private final Proofs proofs;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SecureRandom random;
  private final ScheduledExecutorService timers;
  private final ProofVerdicts verdicts;
  private final Map<String, OpenProof> open = new ConcurrentHashMap<>();

  ProofDesk(
      Ledger ledger,
      Proofs proofs,
      Sessions sessions,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random,
      ScheduledExecutorService timers) {
    this.ledger = ledger;
    this.proofs = proofs;
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
    this.timers = timers;
    this.verdicts = new ProofVerdicts(ledger, proofs, sessions, clock);
  }

  /**
   * Ends what a stopped coordinator left: a time that nobody witnessed proves nothing against the
   * node.
   */
  void recover(java.util.function.Function<String, Optional<PublicKey>> keys) {
    for (ProofRecord left : proofs.unfinished()) {
      Optional<PublicKey> node = keys.apply(left.node());
      if (left.state() == State.CHALLENGED || node.isEmpty()) {
        proofs.update(
            left.id(), State.VOID, left.chain(), "the coordinator stopped while it was waiting");
        continue;
      }
      OpenProof proof = new OpenProof(left.id(), node.get(), left.chain(), Optional.empty());
      open.put(left.id(), proof);
      long seconds = left.chain().receipt().orElseThrow().token().expiresAt() - now();
      waitFor(
          proof,
          TimeUnit.SECONDS.toMillis(Math.max(1, seconds)),
          "no opening by the receipt's expiry");
    }
  }

  /** Whether the device of the node has a proof under way. */
  boolean isBusy(String node, String device) {
    return open.values().stream()
        .anyMatch(
            proof ->
                proof.node().id().value().equals(node)
                    && proof.chain().challenge().token().device().equals(device));
  }

  /**
   * Challenges a device; the session is where the node answers.
   *
   * @param calibrates the class of devices whose speed a pass sets, if it does
   * @return the proof's id
   */
  String challenge(
      NodeSession session, String device, Proof proof, long deadlineMs, Optional<String> calibrates)
      throws IOException {
    byte[] nonce = new byte[Hash32.BYTES];
    random.nextBytes(nonce);
    byte[] name = new byte[8];
    random.nextBytes(name);
    String id = HexFormat.of().formatHex(name);
    long now = now();
    SignedToken<ChallengeToken> challenge =
        ledger.issue(
            new ChallengeToken(
                ledger.id(),
                session.node().id(),
                id,
                now,
                now + TimeUnit.MILLISECONDS.toSeconds(deadlineMs + GRACE_MS) + 1,
                Hash32.of(nonce),
                device,
                proof,
                deadlineMs));
    OpenProof opened = new OpenProof(id, session.node(), ProofChain.of(challenge), calibrates);
    proofs.begin(id, opened.chain(), now);
    synchronized (opened) {
      open.put(id, opened);
      opened.issuedNanos(nanos.getAsLong());
      session.send(new FromCoordinator.Challenge(challenge.compact()));
      waitFor(opened, deadlineMs + GRACE_MS, "no commitment by the deadline");
    }
    return id;
  }

  /** Sends a node whose session is new what it may have missed. */
  void resume(NodeSession session) {
    for (OpenProof proof : open.values()) {
      synchronized (proof) {
        if (proof.node().equals(session.node()) && !proof.ended()) {
          session.send(
              proof.chain().receipt().isPresent()
                  ? new FromCoordinator.Receipt(proof.chain().receipt().get().compact())
                  : new FromCoordinator.Challenge(proof.chain().challenge().compact()));
        }
      }
    }
  }

  void commitment(NodeSession session, FromNode.Commitment message) throws IOException {
    long arrived = nanos.getAsLong();
    SignedToken<CommitmentToken> token =
        Tokens.verify(message.token(), CommitmentToken.class, session.node());
    Optional<OpenProof> found = find(session, proofs.ofChallenge(token.token().challenge()), token);
    if (found.isEmpty()) {
      return;
    }
    OpenProof proof = found.get();
    synchronized (proof) {
      if (proof.ended() || !follows(session, proof, token)) {
        return;
      }
      if (proof.chain().receipt().isEmpty()) {
        proof.chain(proof.chain().with(token));
        ledger.keep(token);
        receipt(proof, TimeUnit.NANOSECONDS.toMillis(arrived - proof.issuedNanos()));
      }
      session.send(new FromCoordinator.Receipt(proof.chain().receipt().orElseThrow().compact()));
      failIfWrong(proof);
    }
  }

  void refusal(NodeSession session, FromNode.Refusal message) throws IOException {
    SignedToken<RefusalToken> token =
        Tokens.verify(message.token(), RefusalToken.class, session.node());
    Optional<OpenProof> found = find(session, proofs.ofChallenge(token.token().challenge()), token);
    if (found.isEmpty()) {
      return;
    }
    OpenProof proof = found.get();
    synchronized (proof) {
      if (!proof.ended() && follows(session, proof, token)) {
        proof.chain(proof.chain().with(token));
        ledger.keep(token);
        end(proof, ResultToken.Status.REFUSED, token.token().reason());
      }
    }
  }

  void opening(NodeSession session, FromNode.Opening message) throws IOException {
    SignedToken<OpeningToken> token =
        Tokens.verify(message.token(), OpeningToken.class, session.node());
    Optional<OpenProof> found = find(session, proofs.ofReceipt(token.token().receipt()), token);
    if (found.isEmpty()) {
      return;
    }
    OpenProof proof = found.get();
    synchronized (proof) {
      if (proof.ended() || !follows(session, proof, token)) {
        return;
      }
      if (proof.chain().opening().isEmpty()) {
        proof.chain(proof.chain().with(token));
        ledger.keep(token);
      }
      if (!failIfWrong(proof)) {
        BlobFetch fetch = new BlobFetch(token.token().blob(), (int) token.token().size());
        proof.fetch(fetch);
        fetch.next().ifPresentOrElse(session::send, () -> verify(proof, fetch));
      }
    }
  }

  void blobData(NodeSession session, FromNode.BlobData piece) {
    for (OpenProof proof : open.values()) {
      synchronized (proof) {
        Optional<BlobFetch> fetch = proof.fetch();
        if (!proof.ended()
            && proof.node().equals(session.node())
            && fetch.isPresent()
            && fetch.get().digest().equals(piece.sha256())
            && fetch.get().take(piece)) {
          fetch.get().next().ifPresentOrElse(session::send, () -> verify(proof, fetch.get()));
          return;
        }
      }
    }
  }

  private void receipt(OpenProof proof, long witnessedMs) throws IOException {
    byte[] seed = new byte[Hash32.BYTES];
    random.nextBytes(seed);
    ChallengeToken challenge = proof.chain().challenge().token();
    long issuedAt = challenge.issuedAt() + TimeUnit.MILLISECONDS.toSeconds(witnessedMs);
    long openingMs = Math.max(LEAST_OPENING_MS, 2 * challenge.deadlineMs());
    SignedToken<ReceiptToken> receipt =
        ledger.issue(
            new ReceiptToken(
                ledger.id(),
                challenge.subject(),
                issuedAt,
                issuedAt + TimeUnit.MILLISECONDS.toSeconds(openingMs) + 1,
                proof.chain().commitment().orElseThrow().digest(),
                witnessedMs,
                Hash32.of(seed)));
    proof.chain(proof.chain().with(receipt));
    proofs.update(proof.id(), State.COMMITTED, proof.chain(), "");
    waitFor(proof, openingMs, "no opening by the receipt's expiry");
  }

  private void verify(OpenProof proof, BlobFetch fetch) {
    try {
      Optional<String> fault = verdicts.fault(proof.chain(), fetch.blob());
      end(
          proof,
          fault.isEmpty() ? ResultToken.Status.PASS : ResultToken.Status.FAIL,
          fault.orElse(""));
    } catch (IOException e) {
      giveUp(proof, e);
    }
  }

  private boolean failIfWrong(OpenProof proof) throws IOException {
    Optional<String> failure = proof.chain().failure();
    if (failure.isPresent()) {
      end(proof, ResultToken.Status.FAIL, failure.get());
    }
    return failure.isPresent();
  }

  /**
   * The open proof that a token belongs to. One that has ended is answered with its result again.
   */
  private Optional<OpenProof> find(
      NodeSession session, Optional<ProofRecord> known, SignedToken<?> token) {
    if (known.isEmpty() || !known.get().node().equals(session.node().id().value())) {
      refuse(session, token, "it answers nothing that this coordinator asked of this node");
      return Optional.empty();
    }
    known
        .get()
        .chain()
        .result()
        .ifPresent(result -> session.send(new FromCoordinator.Result(result.compact())));
    return Optional.ofNullable(open.get(known.get().id()));
  }

  private boolean follows(NodeSession session, OpenProof proof, SignedToken<?> token)
      throws IOException {
    Optional<ChainFault> fault = proof.chain().fault(token);
    if (fault.isEmpty()) {
      return true;
    }
    refuse(session, token, fault.get().reason());
    if (fault.get().kind() == ChainFault.Kind.CONTRADICTION) {
      ledger.keep(token);
      end(proof, ResultToken.Status.FAIL, fault.get().reason());
    }
    return false;
  }

  private static void refuse(
      NodeSession session, SignedToken<? extends Token> token, String reason) {
    session.send(
        new Fault(Fault.REFUSED, token.token().typ() + ": " + reason, token.digest().base64Url()));
  }

  private void waitFor(OpenProof proof, long millis, String otherwise) {
    proof.timer(
        timers.schedule(
            () -> {
              synchronized (proof) {
                if (!proof.ended()) {
                  try {
                    end(proof, ResultToken.Status.FAIL, otherwise);
                  } catch (IOException e) {
                    giveUp(proof, e);
                  }
                }
              }
            },
            millis,
            TimeUnit.MILLISECONDS));
  }

  private void end(OpenProof proof, ResultToken.Status status, String reason) throws IOException {
    proof.end();
    open.remove(proof.id());
    verdicts.end(proof, status, reason);
  }

  /** The coordinator's own disk or log failed: the proof ends without a verdict. */
  private void giveUp(OpenProof proof, IOException failure) {
    LOG.error("proof {} ends without a verdict: {}", proof.id(), failure.getMessage());
    proof.end();
    open.remove(proof.id());
    proofs.update(
        proof.id(), State.VOID, proof.chain(), "the coordinator failed: " + failure.getMessage());
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
