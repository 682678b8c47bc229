package dev.assay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.DeviceVerdict.Status;
import dev.assay.log.source.DirectorySource;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import dev.assay.proof.Proven;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAuditTest {
  private static final Proof CHAIN = new HashChain(2, 4, 20, 8);
  private static final Proof MATMUL = new Matmul(128, 2, 4);
  private static final Proof FILL = new MemoryFill(1024, 4, 8);

  @TempDir private Path directory;
  private LogScene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new LogScene(directory);
  }

  @AfterEach
  void close() throws Exception {
    scene.close();
  }

  @Test
  void anHonestLogHoldsAndEveryOpeningIsRecomputed() throws Exception {
    wholeStory();
    AuditReport report = scene.audit();
    assertThat(report.findings()).isEmpty();
    assertThat(report.holds()).isTrue();
    assertThat(report.openings()).isEqualTo(4);
    assertThat(report.jobs()).isEqualTo(new AuditReport.Jobs(1, 1));
    assertThat(report.witnessedSize()).isEqualTo(report.size());
    assertThat(report.cosigners())
        .singleElement()
        .asString()
        .contains(scene.challenger.id().value());
    assertThat(report.devices())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.status()).isEqualTo(Status.PASS);
              assertThat(device.passed()).isEqualTo(3);
              assertThat(device.selfTests()).isEqualTo(1);
              assertThat(device.proven().bytes()).isEqualTo(Proven.of(FILL, 1000).bytes());
              assertThat(device.proven().opsPerSecond()).isPresent();
            });
  }

  @Test
  void anySingleByteThatIsChangedIsFoundAndItsPlaceIsNamed() throws Exception {
    wholeStory();
    scene.close();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(directory.resolve("tmp")))
              .filter(file -> !file.endsWith("lock"))
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(8);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int step = Math.max(1, bytes.length / 16);
      for (int at = 0; at < bytes.length; at += step) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << (at % 7));
        Files.write(file, changed);
        AuditReport report = scene.audit();
        assertThat(report.holds()).as("byte %d of %s", at, file).isFalse();
        assertThat(report.reason()).as("byte %d of %s", at, file).isNotEmpty();
      }
      Files.write(file, bytes);
    }
    assertThat(scene.audit().holds()).isTrue();
  }

  @Test
  void aDeviceThatFailedIsNamedWithTheChallengersReason() throws Exception {
    SignedToken<ChallengeToken> challenge = scene.challenge(scene.challenger, CHAIN, scene.hash());
    scene.result(
        scene.challenger,
        challenge,
        ResultToken.Status.FAIL,
        "no commitment by the deadline",
        Optional.empty());
    AuditReport report = scene.audit();
    assertThat(report.holds()).isFalse();
    assertThat(report.reason()).isEqualTo("cpu:0: hash-chain: no commitment by the deadline");
  }

  @Test
  void aPassThatTheOpeningDoesNotBearOutIsTheChallengersLie() throws Exception {
    SignedToken<ChallengeToken> first = scene.challenge(scene.challenger, CHAIN, scene.hash());
    SignedToken<CommitmentToken> commitment = scene.commitment(first);
    SignedToken<ReceiptToken> receipt = scene.receipt(scene.challenger, commitment, 1000);
    SignedToken<OpeningToken> opening = scene.opening(receipt, new byte[] {1, 2, 3});
    scene.result(
        scene.challenger,
        opening,
        ResultToken.Status.PASS,
        "",
        Optional.of(ProvenFigures.of(Proven.of(CHAIN, 1000))));
    assertThat(scene.audit().reason()).startsWith("entry 4: the result says pass, but the opening");
  }

  @Test
  void creditBeyondWhatTheProofShowsIsFound() throws Exception {
    SignedToken<ChallengeToken> challenge = scene.challenge(scene.challenger, CHAIN, scene.hash());
    SignedToken<CommitmentToken> commitment = scene.commitment(challenge);
    SignedToken<ReceiptToken> receipt = scene.receipt(scene.challenger, commitment, 1000);
    SignedToken<OpeningToken> opening = scene.opening(commitment, receipt, challenge);
    ProvenFigures inflated =
        new ProvenFigures(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(1_000_000_000));
    scene.result(scene.challenger, opening, ResultToken.Status.PASS, "", Optional.of(inflated));
    assertThat(scene.audit().reason()).startsWith("entry 4: the result credits");
  }

  @Test
  void aNonceThatComesTwiceIsFound() throws Exception {
    var nonce = scene.hash();
    scene.challenge(scene.challenger, CHAIN, nonce);
    scene.challenge(scene.challenger, MATMUL, nonce);
    assertThat(scene.audit().reason())
        .isEqualTo("entry 1: its nonce was used before, by another challenge");
  }

  @Test
  void aSecondCommitmentOrReceiptIsFound() throws Exception {
    SignedToken<ChallengeToken> challenge = scene.challenge(scene.challenger, CHAIN, scene.hash());
    SignedToken<CommitmentToken> commitment = scene.commitment(challenge);
    scene.receipt(scene.challenger, commitment, 1000);
    scene.receipt(scene.challenger, commitment, 1000);
    assertThat(scene.audit().reason())
        .isEqualTo(
            "entry 3: receipt has no place in its proof: a second, different receipt for one"
                + " challenge");
  }

  @Test
  void aTokenThatFollowsNothingIsFound() throws Exception {
    scene.result(
        scene.challenger, scene.order(), ResultToken.Status.FAIL, "lost", Optional.empty());
    assertThat(scene.audit().reason())
        .isEqualTo("entry 1: result follows a token that is not in the log before it");
  }

  @Test
  void aJobNeedNotBeOrderedInTheLogButBeginsOnce() throws Exception {
    JobToken order =
        new JobToken(
            scene.challenger.id(), scene.node.id(), "job-1", LogScene.NOW, LogScene.NOW + 9, "{}");
    SignedToken<JobToken> unlogged = Tokens.sign(order, scene.challenger);
    SignedToken<JobStartToken> start = scene.start(unlogged);
    assertThat(scene.audit().findings()).isEmpty();
    scene.end(unlogged, start);
    scene.add(
        new JobStartToken(
            scene.node.id(), LogScene.NOW + 5, unlogged.digest(), "job-1", order.specDigest(), 1),
        scene.node);
    assertThat(scene.audit().reason()).isEqualTo("entry 2: job job-1 starts after its end");
  }

  @Test
  void aJobThatEndsTwiceIsFound() throws Exception {
    SignedToken<JobToken> order = scene.order();
    SignedToken<JobStartToken> start = scene.start(order);
    scene.end(order, start);
    scene.end(order, start);
    assertThat(scene.audit().findings())
        .extracting(Finding::toString)
        .contains("entry 3: job job-1 ends a second time");
  }

  @Test
  void withoutTheChallengersKeyTheLogDoesNotHoldAndTheKeyIsNamed() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    AuditReport report = scene.audit(scene.node.publicKey());
    assertThat(report.holds()).isFalse();
    assertThat(report.reason()).contains("--key " + scene.challenger.id());
  }

  @Test
  void aLogThatGoesBackBehindItsCosignatureIsFound() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    byte[] before = Files.readAllBytes(directory.resolve("checkpoint"));
    scene.order();
    scene.cosign();
    Files.write(directory.resolve("checkpoint"), before);
    assertThat(scene.audit().findings())
        .extracting(Finding::problem)
        .anyMatch(problem -> problem.endsWith("the log went back"));
  }

  @Test
  void aDirectoryThatIsNoLogIsNamedSo(@TempDir Path empty) throws Exception {
    AuditReport report =
        new LogAudit(new KeyRing(List.of()), 1, (read, total) -> {})
            .run(new DirectorySource(empty), "empty");
    assertThat(report.reason()).isEqualTo("checkpoint: there is none, so this is no log");
  }

  @Test
  void aBlobThatIsLongerThanItsTokenSaysIsAFindingAndNotAGap() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    Path blob;
    try (Stream<Path> blobs = Files.list(directory.resolve("blob"))) {
      blob = blobs.findFirst().orElseThrow();
    }
    Files.write(blob, new byte[1], StandardOpenOption.APPEND);
    AuditReport report = scene.audit();
    assertThat(report.holds()).isFalse();
    assertThat(report.devices())
        .singleElement()
        .extracting(DeviceVerdict::status)
        .isEqualTo(Status.FAIL);
  }

  @Test
  void nothingIsCreditedOnTheWordOfASignerWhoseKeyWasNotGiven() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    assertThat(scene.audit(scene.node.publicKey()).devices())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.status()).isEqualTo(Status.UNPROVEN);
              assertThat(device.proven()).isEqualTo(ProvenFigures.NONE);
            });
  }

  @Test
  void aProofWithTwoReceiptsFailsWhateverItsResultSays() throws Exception {
    SignedToken<ChallengeToken> challenge = scene.challenge(scene.challenger, CHAIN, scene.hash());
    SignedToken<CommitmentToken> commitment = scene.commitment(challenge);
    SignedToken<ReceiptToken> receipt = scene.receipt(scene.challenger, commitment, 1000);
    scene.receipt(scene.challenger, commitment, 1000);
    SignedToken<OpeningToken> opening = scene.opening(commitment, receipt, challenge);
    scene.result(
        scene.challenger,
        opening,
        ResultToken.Status.PASS,
        "",
        Optional.of(ProvenFigures.of(Proven.of(CHAIN, 1000))));
    assertThat(scene.audit().devices())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.status()).isEqualTo(Status.FAIL);
              assertThat(device.passed()).isZero();
            });
  }

  @Test
  void aSignatureOfAnotherKindUnderTheLogsOwnNameIsPassedOver() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    Path checkpoint = directory.resolve("checkpoint");
    String origin = Files.readAllLines(checkpoint).getFirst();
    Files.writeString(
        checkpoint, "\u2014 " + origin + " AAAAAAECAw==\n", StandardOpenOption.APPEND);
    assertThat(scene.audit().holds()).isTrue();
  }

  @Test
  void twoHistoriesOfOneLogContradictEachOther(@TempDir Path elsewhere) throws Exception {
    scene.passes(scene.challenger, CHAIN);
    try (LogScene fork = new LogScene(elsewhere)) {
      fork.hash();
      fork.passes(fork.challenger, CHAIN);
      List<AuditReport> reports =
          new Audit(new KeyRing(List.of(scene.challenger.publicKey())), 2, (read, total) -> {})
              .run(
                  List.of(
                      new Audit.Place("one", new DirectorySource(directory)),
                      new Audit.Place("other", new DirectorySource(elsewhere))));
      assertThat(reports).noneMatch(AuditReport::holds);
      assertThat(reports.getFirst().reason())
          .startsWith("other: the first 5 entries make another root");
    }
  }

  private void wholeStory() throws Exception {
    scene.passes(scene.challenger, CHAIN);
    scene.passes(scene.challenger, MATMUL);
    scene.passes(scene.challenger, FILL);
    scene.passes(scene.node, CHAIN);
    SignedToken<JobToken> order = scene.order();
    scene.end(order, scene.start(order));
    scene.cosign();
  }
}
