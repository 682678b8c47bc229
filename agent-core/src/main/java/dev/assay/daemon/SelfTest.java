package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.HardwareProbe;
import dev.assay.log.store.LogStore;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Opening;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The node challenges itself: the same proofs, tokens and log as with a coordinator, but nobody
 * else's clock or randomness, so it proves nothing to others (tokens.md §2). The opening seed is
 * the digest of the commitment.
 */
public final class SelfTest {
  private final NodeLog log;
  private final Platform platform;
  private final ProofBounds bounds;
  private final ChallengerTime time;
  private final LongSupplier nanos;
  private final SecureRandom random;
  private final ProofAnswers answers;

  private SelfTest(
      NodeLog log,
      Platform platform,
      ProofBounds bounds,
      ChallengerTime time,
      LongSupplier nanos,
      SecureRandom random) {
    this.log = log;
    this.platform = platform;
    this.bounds = bounds;
    this.time = time;
    this.nanos = nanos;
    this.random = random;
    this.answers = new ProofAnswers(log, time, platform.facts().ueid(), new Link(), event -> {});
  }

  /** Takes one result after the other. */
  @FunctionalInterface
  public interface Sink {
    /** A proof has ended. */
    void accept(SelfTestResult result) throws IOException;
  }

  /** Within a running agent. */
  static SelfTest of(AgentBase base) {
    AgentParts parts = base.parts();
    return new SelfTest(
        base.log(),
        base.platform(),
        parts.proofBounds(),
        base.memory().time(),
        parts.nanos(),
        parts.random());
  }

  /** Without an agent, on a log that nobody else has open. */
  public static SelfTest alone(
      LogStore log,
      SigningKey key,
      HardwareProbe hardware,
      ProofBounds bounds,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random) {
    return new SelfTest(
        new NodeLog(log, key, () -> {}, broken -> {}),
        new Platform(hardware),
        bounds,
        new ChallengerTime(clock),
        nanos,
        random);
  }

  /** Tests one device with a proof of each kind. */
  public void run(Prover prover, Sink sink) throws IOException, InterruptedException {
    run(new ProofDevice(prover), sink);
  }

  void run(ProofDevice device, Sink sink) throws IOException, InterruptedException {
    for (Proof proof : SelfTestPlan.of(platform.device(device.id()), bounds)) {
      Optional<ProofTask> task = device.reserve(ProofTask.Purpose.SELF_TEST, proof);
      if (task.isEmpty()) {
        sink.accept(notDone(device.id(), proof, "the device does another proof"));
        continue;
      }
      try {
        sink.accept(test(device.id(), task.get()));
      } catch (ProverException e) {
        sink.accept(notDone(device.id(), proof, "machine fault: " + e.getMessage()));
      } finally {
        task.get().release();
      }
    }
  }

  private SelfTestResult test(String device, ProofTask task)
      throws IOException, InterruptedException, ProverException {
    Proof proof = task.proof();
    SignedToken<ChallengeToken> challenge = log.sign(challenge(device, proof));
    log.append(challenge);
    DeviceSeed seed = DeviceSeed.of(challenge.token().nonce(), node().value(), device, proof);
    long begun = nanos.getAsLong();
    Commitment commitment =
        task.compute((prover, progress) -> prover.commit(proof, seed, progress));
    Duration worked = since(begun);
    ProofChain committed = answers.commit(ProofChain.of(challenge), commitment, worked);
    SignedToken<ReceiptToken> receipt = log.sign(receipt(committed, worked));
    log.append(receipt);
    Hash32 openingSeed = receipt.token().openingSeed();
    long opening = nanos.getAsLong();
    Opening opened =
        task.compute(
            (prover, progress) ->
                prover.open(proof, seed, commitment.roots(), openingSeed, progress));
    Duration took = since(opening);
    ProofChain chain = answers.open(committed.with(receipt), receipt, opened, took);
    Verdict verdict = new Verifier().verify(proof, seed, commitment.roots(), openingSeed, opened);
    String reason =
        switch (verdict) {
          case Verdict.Pass pass -> "";
          case Verdict.Fail fail -> fail.reason();
        };
    log.append(log.sign(result(chain, reason)));
    return new SelfTestResult(
        device,
        proof,
        reason.isEmpty() ? SelfTestResult.Status.PASS : SelfTestResult.Status.FAIL,
        worked.toMillis(),
        took.toMillis(),
        chain.opening().orElseThrow().token().size(),
        reason);
  }

  private ChallengeToken challenge(String device, Proof proof) {
    byte[] nonce = new byte[Hash32.BYTES];
    random.nextBytes(nonce);
    long now = time.issuedAt();
    return new ChallengeToken(
        node(),
        node(),
        UUID.nameUUIDFromBytes(nonce).toString(),
        now,
        now + bounds.maxTime().toSeconds(),
        Hash32.of(nonce),
        device,
        proof,
        bounds.maxTime().toMillis());
  }

  private ReceiptToken receipt(ProofChain chain, Duration worked) {
    Digest commitment = chain.commitment().orElseThrow().digest();
    long now = time.issuedAt();
    return new ReceiptToken(
        node(),
        node(),
        now,
        now + 2 * bounds.maxTime().toSeconds(),
        commitment,
        worked.toMillis(),
        Hash32.of(commitment.bytes()));
  }

  private ResultToken result(ProofChain chain, String reason) {
    return new ResultToken(
        node(),
        node(),
        time.issuedAt(),
        chain.last().digest(),
        reason.isEmpty() ? Status.PASS : Status.FAIL,
        reason,
        Optional.empty());
  }

  private static SelfTestResult notDone(String device, Proof proof, String reason) {
    return new SelfTestResult(device, proof, SelfTestResult.Status.NOT_DONE, 0, 0, 0, reason);
  }

  private Duration since(long begun) {
    return Duration.ofNanos(nanos.getAsLong() - begun);
  }

  private KeyId node() {
    return log.key().id();
  }
}
