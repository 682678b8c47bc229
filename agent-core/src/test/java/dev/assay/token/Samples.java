package dev.assay.token;

import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TestKeys;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.json.StrictJson;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One proof of each kind as its tokens, from the keys of the vectors. */
final class Samples {
  static final SigningKey NODE = TestKeys.counting(0);
  static final SigningKey CHALLENGER = TestKeys.counting(0x20);
  static final long NOW = 1_795_000_000;
  static final Proof FILL = new MemoryFill(1 << 20, 4, 16);
  static final Hash32 NONCE = hash("nonce");

  private Samples() {}

  static Hash32 hash(String of) {
    return Hash32.of(digest(of).bytes());
  }

  static Digest digest(String of) {
    return Digest.of(of.getBytes(StandardCharsets.UTF_8));
  }

  static SignedToken<ChallengeToken> challenge(SigningKey by, Proof proof) {
    return Tokens.sign(
        new ChallengeToken(by.id(), NODE.id(), "c-1", NOW, NOW + 60, NONCE, "cpu:0", proof, 5000),
        by);
  }

  static SignedToken<CommitmentToken> commitment(SignedToken<ChallengeToken> challenge) {
    ChallengeToken asked = challenge.token();
    return Tokens.sign(
        new CommitmentToken(
            NODE.id(),
            NOW + 1,
            asked.nonce(),
            Optional.of(ueid()),
            challenge.digest(),
            asked.device(),
            asked.proof(),
            Collections.nCopies(asked.proof().rootCount(), hash("root")),
            900),
        NODE);
  }

  static SignedToken<RefusalToken> refusal(SignedToken<ChallengeToken> challenge) {
    return Tokens.sign(
        new RefusalToken(
            NODE.id(),
            NOW + 1,
            challenge.digest(),
            "the owner allows 1 GiB for a proof",
            Map.of("labels", 16_777_216L)),
        NODE);
  }

  static SignedToken<ReceiptToken> receipt(SigningKey by, SignedToken<CommitmentToken> commitment) {
    Hash32 seed =
        by.id().equals(NODE.id()) ? Hash32.of(commitment.digest().bytes()) : hash("opening");
    return Tokens.sign(
        new ReceiptToken(by.id(), NODE.id(), NOW + 1, NOW + 60, commitment.digest(), 1000, seed),
        by);
  }

  static SignedToken<OpeningToken> opening(SignedToken<ReceiptToken> receipt) {
    return Tokens.sign(
        new OpeningToken(NODE.id(), NOW + 2, receipt.digest(), digest("blob"), 100_000), NODE);
  }

  static SignedToken<ResultToken> result(
      SigningKey by, SignedToken<?> about, ResultToken.Status status) {
    boolean credited = status == ResultToken.Status.PASS && !by.id().equals(NODE.id());
    return Tokens.sign(
        new ResultToken(
            by.id(),
            NODE.id(),
            NOW + 2,
            about.digest(),
            status,
            status == ResultToken.Status.PASS ? "" : "check 3 parent 2 path",
            credited ? Optional.of(figures()) : Optional.empty()),
        by);
  }

  static ProvenFigures figures() {
    return new ProvenFigures(
        OptionalLong.of(55_000_000),
        OptionalLong.of(1_000_000_000),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static SignedToken<PlatformToken> platform() {
    Map<String, Reading> cpu =
        Map.of(
            "model", new Reading.Text("Xeon – \"8481C\"", Source.PROCFS),
            "threads", new Reading.Amount(2, Source.SYSFS),
            "virtual", new Reading.Flag(true, Source.OSHI),
            "features", new Reading.Texts(List.of("avx512f", "sha_ni"), Source.PROCFS),
            "maxHertz", new Reading.NotMeasured("no cpufreq directory", Source.SYSFS));
    Map<String, Reading> memory =
        Map.of("totalBytes", new Reading.Amount(24_000_000_000L, Source.PROCFS));
    PlatformFacts facts =
        new PlatformFacts(
            List.of(
                new Component("memory", Component.Kind.MEMORY, memory),
                new Component("cpu:0", Component.Kind.CPU, cpu)),
            List.of(
                new Conflict(
                    "memory",
                    "totalBytes",
                    List.of(
                        new Reading.Amount(24_000_000_000L, Source.PROCFS),
                        new Reading.Amount(25_000_000_000L, Source.OSHI)))),
            OptionalLong.of(86_461),
            Optional.of(Base64Url.encode(new byte[16])),
            Optional.of(ueid()));
    return Tokens.sign(new PlatformToken(NODE.id(), NOW, facts), NODE);
  }

  static SignedToken<JobToken> job() {
    String spec =
        StrictJson.text(
            StrictJson.newObject()
                .put("runtime", "process")
                .put("text", "\"ü\n\u0001\ud83d\ude00"));
    return Tokens.sign(
        new JobToken(CHALLENGER.id(), NODE.id(), "job-1", NOW, NOW + 60, spec), CHALLENGER);
  }

  static SignedToken<JobStartToken> jobStart() {
    return Tokens.sign(
        new JobStartToken(NODE.id(), NOW, job().digest(), "job-1", job().token().specDigest(), 7),
        NODE);
  }

  static SignedToken<JobEndToken> jobEnd() {
    return Tokens.sign(
        new JobEndToken(
            NODE.id(),
            NOW + 9,
            job().digest(),
            "job-1",
            Optional.of(jobStart().digest()),
            "exited",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(3),
            OptionalInt.empty(),
            new JobEndToken.Output(5, digest("hello")),
            new JobEndToken.Output(0, digest("")),
            OptionalLong.of(NOW),
            NOW + 8),
        NODE);
  }

  /** One token of each kind there is. */
  static List<SignedToken<?>> each() {
    SignedToken<ChallengeToken> challenge = challenge(CHALLENGER, new Matmul(128, 2, 4));
    SignedToken<CommitmentToken> commitment = commitment(challenge);
    SignedToken<ReceiptToken> receipt = receipt(CHALLENGER, commitment);
    SignedToken<OpeningToken> opening = opening(receipt);
    return List.of(
        challenge,
        challenge(CHALLENGER, new HashChain(2, 16, 1000, 32)),
        commitment,
        refusal(challenge),
        receipt,
        opening,
        result(CHALLENGER, opening, ResultToken.Status.PASS),
        platform(),
        job(),
        jobStart(),
        jobEnd());
  }

  /** Signs any header and payload, as no honest party does. */
  static String forge(String header, String payload, SigningKey key) {
    String signed = encode(header) + "." + encode(payload);
    return signed + "." + Base64Url.encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  static String header(String typ, SigningKey key) {
    return "{\"alg\":\"Ed25519\",\"typ\":\"" + typ + "\",\"kid\":\"" + key.id() + "\"}";
  }

  static String payload(SignedToken<?> token) {
    return new String(token.jws().payload(), StandardCharsets.UTF_8);
  }

  static String resource(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/vectors/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encode(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String ueid() {
    byte[] ueid = new byte[33];
    ueid[0] = 1;
    return Base64Url.encode(ueid);
  }
}
