package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.token.ChallengeToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is no challenge to this node leaves no trace; what is too much for it is refused in words.
 */
class ChallengeRejectionTest {
  private static final KeyId US = TestHost.KEY.id();
  private static final KeyId THEM = FakeCoordinator.KEY.id();

  @TempDir Path home;
  private TestHost host;
  private FakeCoordinator coordinator;
  private long now;

  @BeforeEach
  void start() throws Exception {
    host = new TestHost(home).start();
    coordinator = host.coordinator;
    now = host.clock.instant().getEpochSecond();
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private ChallengeToken challenge(KeyId issuer, KeyId subject, long issuedAt, long expiresAt) {
    byte[] nonce = {1, 2, 3};
    return new ChallengeToken(
        issuer,
        subject,
        "x",
        issuedAt,
        expiresAt,
        Hash32.of(java.util.Arrays.copyOf(nonce, Hash32.BYTES)),
        "cpu:0",
        ProofFlowTest.CHAIN,
        1000);
  }

  private String rejection(String compact) throws Exception {
    coordinator.say(new FromCoordinator.Challenge(compact));
    String sentence = coordinator.hearFault();
    assertThat(host.loggedTypes()).containsExactly("Platform");
    return sentence;
  }

  @Test
  void anotherNodesChallengeIsRejected() throws Exception {
    KeyId other = FakeCoordinator.key(3).id();
    String compact = coordinator.sign(challenge(THEM, other, now, now + 60)).compact();
    assertThat(rejection(compact)).contains("is for the node " + other).contains("this is " + US);
  }

  @Test
  void anExpiredChallengeIsRejected() throws Exception {
    String compact = coordinator.sign(challenge(THEM, US, now - 4000, now - 3000)).compact();
    assertThat(rejection(compact)).contains("expired at 2026-11-22T11:10:00Z").contains("clock");
  }

  @Test
  void aChallengeForMoreThanADayIsRejected() throws Exception {
    String compact = coordinator.sign(challenge(THEM, US, now, now + 90_000)).compact();
    assertThat(rejection(compact)).contains("more than a day");
  }

  @Test
  void anotherCoordinatorsChallengeIsRejected() throws Exception {
    SigningKey other = FakeCoordinator.key(3);
    String compact = Tokens.sign(challenge(other.id(), US, now, now + 60), other).compact();
    assertThat(rejection(compact)).contains("not signed by " + THEM);
  }

  @Test
  void aForgedOrUnsignedChallengeIsRejected() throws Exception {
    String genuine = coordinator.sign(challenge(THEM, US, now, now + 60)).compact();
    String other = coordinator.sign(challenge(THEM, US, now, now + 61)).compact();
    String forged =
        genuine.substring(0, genuine.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    assertThat(rejection(forged)).contains("not signed by " + THEM);
    assertThat(rejection(genuine.substring(0, genuine.lastIndexOf('.')) + ".AAAA"))
        .contains("signature");
    assertThat(rejection("e30.e30.AAAA")).contains("token header");
    assertThat(rejection(coordinator.job("j", "{}").compact())).contains("expected a Challenge");
  }

  @Test
  void aNonceIsTakenOnceAlsoAfterARestart() throws Exception {
    ChallengeToken first = challenge(THEM, US, now, now + 60);
    coordinator.say(new FromCoordinator.Challenge(coordinator.sign(first).compact()));
    coordinator.hear(FromNode.Commitment.class);
    String again = coordinator.sign(challenge(THEM, US, now, now + 61)).compact();
    coordinator.say(new FromCoordinator.Challenge(again));
    assertThat(coordinator.hearFault()).contains("nonce was used before");
    host.crash();
    host.start();
    coordinator.hear(FromNode.Commitment.class);
    coordinator.say(new FromCoordinator.Challenge(again));
    assertThat(coordinator.hearFault()).contains("nonce was used before");
    assertThat(host.logged(ChallengeToken.class)).hasSize(1);
  }

  @Test
  void aNonceIsTakenOnceAlsoWhenTheClockIsSetBack() throws Exception {
    SignedToken<ChallengeToken> first = coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofDays(10));
    coordinator.challengeNode(new HashChain(1, 2, 3, 1));
    coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofDays(-10));
    host.crash();
    host.start();
    coordinator.hearLater(FromNode.Commitment.class);
    coordinator.say(new FromCoordinator.Challenge(first.compact()));
    assertThat(coordinator.hearFault()).contains("expired");
  }

  @Test
  void moreThanTheOwnerAllowsIsRefusedWithWhatWouldDo() throws Exception {
    coordinator.challengeNode(new MemoryFill(1 << 20, 4, 8));
    assertThat(refusal().limits()).isEqualTo(Map.of("labels", 524_288L));
    coordinator.challengeNode(new Matmul(8192, 1, 1));
    RefusalToken refusal = refusal();
    assertThat(refusal.reason()).contains("proofs.max-memory");
    assertThat(refusal.limits()).isEqualTo(Map.of("n", 3968L));
    assertThat(host.loggedTypes())
        .containsExactly("Platform", "Challenge", "Refusal", "Challenge", "Refusal");
  }

  @Test
  void moreThanTheHostHasIsRefusedWithWhatWouldDo() throws Exception {
    host.stop();
    host.bounds = new ProofBounds(true, Duration.ofMinutes(1), Long.MAX_VALUE, false);
    host.start();
    coordinator.challengeNode(new MemoryFill(1 << 21, 4, 8));
    RefusalToken refusal = refusal();
    assertThat(refusal.reason()).contains("67108864 bytes of memory free");
    assertThat(refusal.limits()).isEqualTo(Map.of("labels", 1_048_576L));
  }

  @Test
  void aDeadlineBeyondTheOwnersBoundIsRefused() throws Exception {
    host.stop();
    host.bounds = new ProofBounds(true, Duration.ofSeconds(2), Long.MAX_VALUE, false);
    host.start();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    RefusalToken refusal = refusal();
    assertThat(refusal.reason()).contains("proofs.max-time");
    assertThat(refusal.limits()).isEqualTo(Map.of("deadlineMs", 2000L));
  }

  @Test
  void anOwnerWhoAllowsNoProofsIsObeyed() throws Exception {
    host.stop();
    host.bounds = new ProofBounds(false, Duration.ofMinutes(2), Long.MAX_VALUE, false);
    host.start();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    assertThat(refusal().reason()).contains("proofs.enabled");
  }

  @Test
  void whatAKindOfDeviceDoesNotDoIsRefusedAsALimit() throws Exception {
    host.prover.refuse("hash-chain is nothing for this device");
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    assertThat(refusal().reason()).isEqualTo("hash-chain is nothing for this device");
  }

  @Test
  void anUnknownDeviceIsRefused() throws Exception {
    ChallengeToken asked = coordinator.challenge(ProofFlowTest.CHAIN);
    ChallengeToken elsewhere =
        new ChallengeToken(
            asked.issuer(),
            asked.subject(),
            asked.id(),
            asked.issuedAt(),
            asked.expiresAt(),
            asked.nonce(),
            "cuda:0",
            asked.proof(),
            asked.deadlineMs());
    coordinator.say(new FromCoordinator.Challenge(coordinator.sign(elsewhere).compact()));
    assertThat(refusal().reason()).isEqualTo("this node has no device cuda:0");
  }

  @Test
  void aDeviceDoesOneProofAtATimeUntilItIsOpened() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    assertThat(refusal().reason()).contains("does another proof");
    host.prover.reset();
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    assertThat(refusal().reason()).contains("does another proof");
    coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
    coordinator.hear(FromNode.Opening.class);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
  }

  private RefusalToken refusal() throws Exception {
    return Tokens.verify(
            coordinator.hear(FromNode.Refusal.class).token(),
            RefusalToken.class,
            TestHost.KEY.publicKey())
        .token();
  }
}
