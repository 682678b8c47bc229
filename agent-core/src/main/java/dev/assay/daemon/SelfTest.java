package dev.assay.daemon;

import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Device;
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
import dev.assay.token.SignedToken;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final LongSupplier nanos;
  private final SelfTestTokens tokens;
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
    this.nanos = nanos;
    this.tokens = new SelfTestTokens(log.key().id(), time, bounds.maxTime(), random);
    this.answers = new ProofAnswers(log, time, platform.facts().ueid(), new Link(), event -> {});
  }

  /** Is told how it goes. */
  public interface Sink {
    /** So much of what a proof does at present is done, from 0 to 1. */
    void progress(String device, Proof proof, double share);

    /** A proof has ended. */
    void result(SelfTestResult result) throws IOException;
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

  /**
   * Tests devices of which nobody else asks anything.
   *
   * @throws IllegalArgumentException if the plan asks for what is not there
   */
  public void run(List<Prover> provers, SelfTestPlan plan, Sink sink)
      throws IOException, InterruptedException {
    run(new ProofDevices(provers), plan, sink);
  }

  void run(ProofDevices devices, SelfTestPlan plan, Sink sink)
      throws IOException, InterruptedException {
    for (Map.Entry<ProofDevice, List<Proof>> tested : work(devices, plan).entrySet()) {
      for (Proof proof : tested.getValue()) {
        run(tested.getKey(), proof, sink);
      }
    }
  }

  /**
   * The proofs that a plan comes to.
   *
   * @throws IllegalArgumentException if it asks for what is not there
   */
  Map<ProofDevice, List<Proof>> work(ProofDevices devices, SelfTestPlan plan) {
    Map<ProofDevice, List<Proof>> work = new LinkedHashMap<>();
    for (ProofDevice device : devices.all()) {
      if (plan.includes(device.id())) {
        Device known =
            platform
                .device(device.id())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "the free memory of " + device.id() + " could not be measured"));
        work.put(device, plan.proofs(known, bounds));
      }
    }
    if (work.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no device "
              + plan.device().orElse("at all")
              + ", only "
              + String.join(", ", devices.ids()));
    }
    return work;
  }

  private void run(ProofDevice device, Proof proof, Sink sink)
      throws IOException, InterruptedException {
    Optional<ProofTask> task = device.reserve(ProofTask.Purpose.SELF_TEST, proof);
    if (task.isEmpty()) {
      sink.result(notDone(device.id(), proof, "the device does another proof"));
      return;
    }
    task.get().watch(share -> sink.progress(device.id(), proof, share));
    try {
      sink.result(test(device.id(), task.get()));
    } catch (ProverException e) {
      sink.result(notDone(device.id(), proof, "machine fault: " + e.getMessage()));
    } finally {
      task.get().release();
    }
  }

  private SelfTestResult test(String device, ProofTask task)
      throws IOException, InterruptedException, ProverException {
    Proof proof = task.proof();
    Instant issued = tokens.time().own();
    long issuedNanos = nanos.getAsLong();
    SignedToken<ChallengeToken> challenge = log.sign(tokens.challenge(device, proof, issued));
    log.append(challenge);
    DeviceSeed seed =
        DeviceSeed.of(challenge.token().nonce(), log.key().id().value(), device, proof);
    long begun = nanos.getAsLong();
    Commitment commitment =
        task.compute((prover, progress) -> prover.commit(proof, seed, progress));
    Duration worked = since(begun);
    if (worked.compareTo(bounds.maxTime()) > 0) {
      return notDone(device, proof, "it took longer than the owner allows (proofs.max-time)");
    }
    ProofChain committed = answers.commit(ProofChain.of(challenge), commitment, worked);
    SignedToken<ReceiptToken> receipt =
        log.sign(tokens.receipt(committed, issued, since(issuedNanos), worked));
    log.append(receipt);
    Hash32 openingSeed = receipt.token().openingSeed();
    long opening = nanos.getAsLong();
    Opening opened =
        task.compute(
            (prover, progress) ->
                prover.open(proof, seed, commitment.roots(), openingSeed, progress));
    Duration took = since(opening);
    ProofChain chain = answers.open(committed.with(receipt), receipt, opened, took);
    long verifying = nanos.getAsLong();
    Verdict verdict = new Verifier().verify(proof, seed, commitment.roots(), openingSeed, opened);
    Duration verified = since(verifying);
    String reason =
        switch (verdict) {
          case Verdict.Pass pass -> "";
          case Verdict.Fail fail -> fail.reason();
        };
    log.append(log.sign(tokens.result(chain, reason)));
    return new SelfTestResult(
        device,
        proof,
        reason.isEmpty() ? SelfTestResult.Status.PASS : SelfTestResult.Status.FAIL,
        worked.toMillis(),
        took.toMillis(),
        verified.toMillis(),
        chain.opening().orElseThrow().token().size(),
        reason);
  }

  private static SelfTestResult notDone(String device, Proof proof, String reason) {
    return new SelfTestResult(device, proof, SelfTestResult.Status.NOT_DONE, 0, 0, 0, 0, reason);
  }

  private Duration since(long begun) {
    return Duration.ofNanos(nanos.getAsLong() - begun);
  }
}
