package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.log.Cosignature;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.store.DiskLog;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Proof;
import dev.assay.proof.Proven;
import dev.assay.proof.Prover;
import dev.assay.proof.cpu.CpuProver;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** A node's log as it grows, with a challenger and a prover, all real and all small. */
final class LogScene implements AutoCloseable {
  static final long NOW = 1_795_000_000;
  static final String DEVICE = "cpu:0";

  final SigningKey node = key(1);
  final SigningKey challenger = key(2);
  final Path directory;
  private final DiskLog log;
  private final Prover prover = new CpuProver();
  private final Random random = new Random(7);

  LogScene(Path directory) throws IOException {
    this.directory = directory;
    this.log = DiskLog.open(directory, "assay.dev/node/" + node.id().value(), node);
    Files.writeString(directory.resolve("id.jwk"), node.publicKey().jwk());
  }

  static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return SigningKey.fromSeed(bytes);
  }

  AuditReport audit() throws IOException {
    return audit(challenger.publicKey());
  }

  AuditReport audit(PublicKey... keys) throws IOException {
    return new LogAudit(new KeyRing(List.of(keys)), 2, (read, total) -> {})
        .run(new DirectorySource(directory), "test");
  }

  <T extends Token> SignedToken<T> add(T token, SigningKey key) throws IOException {
    SignedToken<T> signed = Tokens.sign(token, key);
    log.append(signed.jws().bytes());
    return signed;
  }

  SignedToken<ChallengeToken> challenge(SigningKey asker, Proof proof, Hash32 nonce)
      throws IOException {
    return add(
        new ChallengeToken(
            asker.id(),
            node.id(),
            "c" + random.nextInt(1 << 30),
            NOW,
            NOW + 60,
            nonce,
            DEVICE,
            proof,
            5000),
        asker);
  }

  SignedToken<CommitmentToken> commitment(SignedToken<ChallengeToken> challenge) throws Exception {
    ChallengeToken asked = challenge.token();
    List<Hash32> roots = prover.commit(asked.proof(), seed(asked), (done, total) -> {}).roots();
    return add(
        new CommitmentToken(
            node.id(),
            NOW,
            asked.nonce(),
            Optional.empty(),
            challenge.digest(),
            DEVICE,
            asked.proof(),
            roots,
            900),
        node);
  }

  SignedToken<ReceiptToken> receipt(
      SigningKey asker, SignedToken<CommitmentToken> commitment, long witnessedMs)
      throws IOException {
    Hash32 openingSeed = asker == node ? Hash32.of(commitment.digest().bytes()) : hash();
    return add(
        new ReceiptToken(
            asker.id(),
            node.id(),
            NOW + witnessedMs / 1000,
            NOW + 60,
            commitment.digest(),
            witnessedMs,
            openingSeed),
        asker);
  }

  SignedToken<OpeningToken> opening(
      SignedToken<CommitmentToken> commitment,
      SignedToken<ReceiptToken> receipt,
      SignedToken<ChallengeToken> challenge)
      throws Exception {
    Opening opening =
        prover.open(
            commitment.token().proof(),
            seed(challenge.token()),
            commitment.token().roots(),
            receipt.token().openingSeed(),
            (done, total) -> {});
    return opening(receipt, OpeningBlob.encode(opening));
  }

  SignedToken<OpeningToken> opening(SignedToken<ReceiptToken> receipt, byte[] blob)
      throws IOException {
    Digest digest = log.putBlob(blob);
    return add(new OpeningToken(node.id(), NOW + 2, receipt.digest(), digest, blob.length), node);
  }

  SignedToken<ResultToken> result(
      SigningKey asker,
      SignedToken<?> about,
      ResultToken.Status status,
      String reason,
      Optional<ProvenFigures> proven)
      throws IOException {
    return add(
        new ResultToken(asker.id(), node.id(), NOW + 3, about.digest(), status, reason, proven),
        asker);
  }

  /** A whole proof that passes, in a witnessed second. */
  void passes(SigningKey asker, Proof proof) throws Exception {
    SignedToken<ChallengeToken> challenge = challenge(asker, proof, hash());
    SignedToken<CommitmentToken> commitment = commitment(challenge);
    SignedToken<ReceiptToken> receipt = receipt(asker, commitment, 1000);
    SignedToken<OpeningToken> opening = opening(commitment, receipt, challenge);
    Optional<ProvenFigures> proven =
        asker == node ? Optional.empty() : Optional.of(ProvenFigures.of(Proven.of(proof, 1000)));
    result(asker, opening, ResultToken.Status.PASS, "", proven);
  }

  SignedToken<JobToken> order() throws IOException {
    return add(
        new JobToken(
            challenger.id(), node.id(), "job-1", NOW, NOW + 60, "{\"command\":[\"true\"]}"),
        challenger);
  }

  SignedToken<JobStartToken> start(SignedToken<JobToken> order) throws IOException {
    return add(
        new JobStartToken(
            node.id(), NOW + 1, order.digest(), "job-1", order.token().specDigest(), 1),
        node);
  }

  void end(SignedToken<JobToken> order, SignedToken<JobStartToken> start) throws IOException {
    JobEndToken.Output nothing = new JobEndToken.Output(0, Digest.of(new byte[0]));
    add(
        new JobEndToken(
            node.id(),
            NOW + 2,
            order.digest(),
            "job-1",
            Optional.of(start.digest()),
            "exited",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(0),
            OptionalInt.empty(),
            nothing,
            nothing,
            OptionalLong.of(NOW + 1),
            NOW + 2),
        node);
  }

  void cosign() throws IOException {
    String name = CosignatureAudit.WITNESS + challenger.id().value();
    SignedCheckpoint checkpoint = log.checkpoint();
    log.addCosignature(
        checkpoint,
        NoteKey.ofWitness(name, challenger.publicKey()),
        Cosignature.sign(checkpoint.checkpoint(), name, challenger, Instant.ofEpochSecond(NOW)));
  }

  Hash32 hash() {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }

  private DeviceSeed seed(ChallengeToken asked) {
    return DeviceSeed.of(asked.nonce(), node.id().value(), asked.device(), asked.proof());
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
