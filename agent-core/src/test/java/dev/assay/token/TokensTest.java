package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.crypto.SigningKey;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims: what each kind reads, and what it refuses with the place named. */
class TokensTest {
  @Test
  void everyKindReadsBackAsItWasSigned() {
    for (SignedToken<?> signed : Samples.each()) {
      SigningKey key =
          signed.token().issuer().equals(Samples.NODE.id()) ? Samples.NODE : Samples.CHALLENGER;
      SignedToken<Token> read = Tokens.verify(signed.compact(), Token.class, key.publicKey());
      assertThat(read.token()).isEqualTo(signed.token());
      assertThat(read).isEqualTo(signed);
      assertThat(Tokens.parse(signed.jws().bytes())).isEqualTo(signed);
    }
    Set<Class<?>> kinds = new HashSet<>();
    Samples.each().forEach(signed -> kinds.add(signed.token().getClass()));
    assertThat(kinds)
        .as("each kind is among the samples")
        .containsExactlyInAnyOrder(Token.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"iat\":1795000000', '\"iat\":1.795e9', assay-challenge+jwt.iat: expected an integer",
    "'\"iat\":1795000000', '\"iat\":1795000000.0', assay-challenge+jwt.iat: expected an integer",
    "'\"iat\":1795000000', '\"iat\":\"1795000000\"', assay-challenge+jwt.iat: expected an integer",
    "'\"iat\":1795000000', '\"iat\":-1', assay-challenge+jwt.iat: expected an integer",
    "'\"iat\":1795000000', '\"iat\":01795000000', not strict JSON",
    "'\"exp\":1795000060', '\"exp\":1794999999', assay-challenge+jwt.exp: before iat",
    "'\"deadlineMs\":5000', '\"deadlineMs\":5e3', assay-challenge+jwt.assay.deadlineMs: expected",
    "'\"deadlineMs\":5000', '\"deadlineMs\":99999999999999999999', deadlineMs: expected",
    "'\"deadlineMs\":5000', '\"deadlineMs\":5000,\"deadlineMs\":5000', Duplicate",
    "'\"deadlineMs\":5000', '\"deadlineMs\":5000,\"soft\":true', assay.soft: unknown member",
    "'\"deadlineMs\":5000', '\"soft\":true', assay.deadlineMs: missing",
    "'\"rounds\":2', '\"rounds\":2,\"salt\":1', assay.proof.salt: unknown member",
    "'\"n\":128', '\"n\":129', '129'",
    "'\"n\":128', '\"n\":4294967424', assay.proof.n: expected an integer",
    "'\"s8\"', '\"f16\"', 'assay.proof.type: expected \"s8\"'",
    "'\"matmul\"', '\"sleep\"', 'assay.proof.name: expected memory-fill, matmul or hash-chain'",
    "cpu:0, cpu/0, assay.device: does not match",
    "sha-256:, sha-512:, 'iss: expected urn:ietf:params:oauth:jwk-thumbprint:sha-256:'",
    "'\"jti\":\"c-1\"', '\"jti\":1', jti: expected a string"
  })
  void aChallengeWithAnotherClaimIsRefused(String from, String to, String reason) {
    refused(ChallengeToken.TYP, Samples.each().get(0), from, to, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"kind\":\"commitment\"', '\"kind\":5', eat+jwt.assay.kind: expected a string",
    "'\"roots\":[', '\"roots\":[\"AA\",', 'assay.roots: expected 32 bytes in base64url, found 1'",
    "'\"ueid\":\"AQ', '\"ueid\":\"Ag', eat+jwt.ueid: expected the type 01",
    "'\"ueid\":\"AQAA', '\"ueid\":\"AQ', eat+jwt.ueid: expected 33 bytes",
    "'\"eat_nonce\":\"', '\"eat_nonce\":\"AA', eat_nonce",
    "'\"challenge\":\"', '\"challenge\":\"=', assay.challenge"
  })
  void aCommitmentWithAnotherClaimIsRefused(String from, String to, String reason) {
    SignedToken<?> commitment =
        Samples.commitment(Samples.challenge(Samples.CHALLENGER, Samples.FILL));
    refused(Eat.TYP, commitment, from, to, reason);
  }

  @Test
  void anEatOfAKindThatWeDoNotKnowSaysSo() {
    String payload = Samples.payload(Samples.platform()).replace("\"platform\"", "\"weather\"");
    ParsedToken parsed =
        Tokens.parse(Samples.forge(Samples.header(Eat.TYP, Samples.NODE), payload, Samples.NODE));
    assertThat(parsed).isEqualTo(new UnknownToken(parsed.jws(), "eat+jwt of kind weather"));
  }

  @Test
  void claimsBesideOursAreIgnored() {
    SignedToken<JobToken> job = Samples.job();
    String payload =
        Samples.payload(job).replace("{\"iss\"", "{\"aud\":[\"x\"],\"nbf\":1.5,\"iss\"");
    String compact =
        Samples.forge(
            Samples.header(JobToken.TYP, Samples.CHALLENGER), payload, Samples.CHALLENGER);
    assertThat(Tokens.parse(compact, JobToken.class).token()).isEqualTo(job.token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"spec\": {", "\"spec\":{ ", "\"spec\":{\"\\u0061\":1,"})
  void aSpecificationHasOneSpelling(String spelling) {
    refused(JobToken.TYP, Samples.job(), "\"spec\":{", spelling, "spec: not written as compact");
  }

  @Test
  void aSpecificationIsKnownByTheDigestOfItsBytes() {
    JobToken job = Samples.job().token();
    assertThat(job.specDigest()).isEqualTo(Samples.digest(job.spec()));
    assertThat(Samples.payload(Samples.job())).contains("\"assay\":{\"spec\":" + job.spec() + "}");
  }

  @Test
  void aPlatformsFactsStandWithTheirSources() {
    assertThat(Samples.payload(Samples.platform()))
        .contains(
            "\"uptime\":86461,\"bootseed\":\"AAAAAAAAAAAAAAAAAAAAAA\"",
            "\"submods\":{\"memory\":{\"assay\":{",
            "\"threads\":{\"value\":2,\"source\":\"sysfs\"}",
            "\"maxHertz\":{\"notMeasured\":\"no cpufreq directory\",\"source\":\"sysfs\"}",
            "\"assay\":{\"kind\":\"platform\",\"conflicts\":[{\"component\":\"memory\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"source\":\"sysfs\"', '\"source\":\"rumour\"', rumour",
    "'\"kind\":\"cpu\"', '\"kind\":\"abacus\"', abacus",
    "'\"value\":true', '\"value\":1.5', value: expected an integer",
    "'\"value\":true', '\"value\":null', value: expected an integer",
    "'\"value\":true', '\"value\":-1', value: expected an integer",
    "'\"value\":true', '\"value\":true,\"by\":\"me\"', unknown member",
    "'\"cpu:0\"', '\"cpu 0\"', id",
    "'\"uptime\":86461', '\"uptime\":86461.5', uptime: expected an integer",
    "'\"bootseed\":\"AA', '\"bootseed\":\"', bootseed: expected 16 bytes"
  })
  void platformEvidenceWithAnotherFactIsRefused(String from, String to, String reason) {
    refused(Eat.TYP, Samples.platform(), from, to, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"status\":\"pass\"', '\"status\":\"PASS\"', 'assay.status: expected pass, fail or refused'",
    "'\"bytes\":55', '\"bytes\":-55', proven.bytes: expected an integer",
    "'\"bytes\":55', '\"bytess\":55', proven.bytess: unknown member"
  })
  void aResultWithAnotherClaimIsRefused(String from, String to, String reason) {
    SignedToken<?> result =
        Samples.result(Samples.CHALLENGER, Samples.job(), ResultToken.Status.PASS);
    refused(ResultToken.TYP, result, from, to, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\u001b[2J", "\\u202e", "\\u2028", "\\ud800"})
  void noTextMovesTheCursorOfWhoeverReadsIt(String escape) {
    SignedToken<?> challenge = Samples.each().get(0);
    refused(ChallengeToken.TYP, challenge, "c-1", "c" + escape, "cannot be printed on a line");
    SignedToken<?> refusal = Samples.refusal(Samples.challenge(Samples.NODE, Samples.FILL));
    refused(RefusalToken.TYP, refusal, "the owner", escape, "assay.reason: holds a character");
    refused(Eat.TYP, Samples.platform(), "tag:", escape, "eat_profile: holds a character");
  }

  private static void refused(
      String typ, SignedToken<?> token, String from, String to, String reason) {
    SigningKey key =
        token.token().issuer().equals(Samples.NODE.id()) ? Samples.NODE : Samples.CHALLENGER;
    String payload = Samples.payload(token);
    assertThat(payload).contains(from);
    String forged = Samples.forge(Samples.header(typ, key), payload.replace(from, to), key);
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> Tokens.parse(forged))
        .withMessageContaining(reason);
  }
}
