package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.crypto.Base64Url;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not exactly a token, signed by the one key it names, is never taken for one. */
class JwsTest {
  private static final SigningKey KEY = Samples.CHALLENGER;
  private static final List<PublicKey> KEYS =
      List.of(Samples.NODE.publicKey(), Samples.CHALLENGER.publicKey());

  @Test
  void everyChangedByteOfEveryTokenIsSeen() {
    Random random = new Random(7);
    for (SignedToken<?> token : Samples.each()) {
      byte[] bytes = token.jws().bytes();
      for (int i = 0; i < bytes.length; i++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << random.nextInt(8));
        assertThat(accepted(changed)).as("%s, byte %s changed", token, i).isFalse();
      }
    }
  }

  @Test
  void everyLostOrDoubledByteIsSeen() {
    byte[] bytes = Samples.each().get(0).jws().bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] shorter = new byte[bytes.length - 1];
      System.arraycopy(bytes, 0, shorter, 0, i);
      System.arraycopy(bytes, i + 1, shorter, i, bytes.length - i - 1);
      assertThat(accepted(shorter)).isFalse();
      byte[] longer = new byte[bytes.length + 1];
      System.arraycopy(bytes, 0, longer, 0, i + 1);
      System.arraycopy(bytes, i, longer, i + 1, bytes.length - i);
      assertThat(accepted(longer)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "==", "\n", " ", ".", ".e30"})
  void nothingMayFollow(String tail) {
    refused(Samples.job().compact() + tail, "token");
  }

  @Test
  void thereIsNoSecondSpelling() {
    String compact = Samples.job().compact();
    // 64 bytes leave four unused bits in the last character: only one of sixteen is canonical.
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char last = compact.charAt(compact.length() - 1);
    String other =
        compact.substring(0, compact.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
    refused(other, "token signature: not canonical base64url");
  }

  @ParameterizedTest
  @CsvSource({
    "Ed25519, none, 'token header.alg: expected \"Ed25519\", found \"none\"'",
    "Ed25519, HS256, 'token header.alg: expected \"Ed25519\", found \"HS256\"'",
    "Ed25519, ed25519, 'token header.alg: expected'",
    "Ed25519, Ed448, 'token header.alg: expected'",
    "'\"alg\":\"Ed25519\",', '', token header.alg: missing",
    "'\"alg\":\"Ed25519\"', '\"alg\":null', token header.alg: expected a string",
    "'\"typ\":\"assay-job+jwt\",', '', token header.typ: missing",
    "'{', '{\"crit\":[\"b64\"],', token header.crit: unknown member",
    "'{', '{\"jwk\":{},', token header.jwk: unknown member",
    "'{', '{\"typ\":\"eat+jwt\",', Duplicate",
    "'{', '{\"b64\":false,', token header.b64: unknown member",
    "'}', '} ', ''",
    "'}', '}}', token header: not strict JSON",
    "'\"kid\":\"', '\"kid\":\"=', key id",
    "'{\"alg\"', '[\"alg\"', token header: not strict JSON"
  })
  void anotherHeaderIsRefused(String from, String to, String reason) {
    String header = Samples.header(JobToken.TYP, KEY).replace(from, to);
    String forged = Samples.forge(header, Samples.payload(Samples.job()), KEY);
    if (reason.isEmpty()) {
      assertThat(accepted(forged.getBytes(StandardCharsets.US_ASCII)))
          .as("white space in a header changes nothing but its digest")
          .isTrue();
    } else {
      refused(forged, reason);
    }
  }

  @Test
  void theOlderNameOfTheAlgorithmIsReadToo() {
    String header = Samples.header(JobToken.TYP, KEY).replace("Ed25519", "EdDSA");
    String compact = Samples.forge(header, Samples.payload(Samples.job()), KEY);
    assertThat(Tokens.verify(compact, JobToken.class, KEY.publicKey()).token())
        .isEqualTo(Samples.job().token());
  }

  @Test
  void aPublicKeyIsNoSharedSecretOfAMac() throws Exception {
    String header = Samples.header(JobToken.TYP, KEY).replace("Ed25519", "HS256");
    String signed =
        Samples.forge(header, Samples.payload(Samples.job()), KEY).replaceFirst("\\.[^.]*$", "");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.publicKey().bytes(), "HmacSHA256"));
    byte[] tag = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
    refused(signed + "." + Base64Url.encode(tag), "found \"HS256\"");
  }

  @Test
  void anotherPartysKeyDoesNotVerify() {
    String stolen =
        Samples.forge(
            Samples.header(JobToken.TYP, KEY), Samples.payload(Samples.job()), Samples.NODE);
    assertThat(Tokens.parse(stolen).jws().verifiedBy(KEY.publicKey())).isFalse();
    assertThat(Tokens.parse(stolen).jws().verifiedBy(Samples.NODE.publicKey())).isFalse();
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> Tokens.verify(stolen, JobToken.class, KEY.publicKey()))
        .withMessage("assay-job+jwt: not signed by " + KEY.id() + ", or altered since");
  }

  @Test
  void nobodySignsInAnothersName() {
    String misnamed =
        Samples.forge(
            Samples.header(JobToken.TYP, Samples.NODE),
            Samples.payload(Samples.job()),
            Samples.NODE);
    refused(misnamed, "assay-job+jwt.iss: is not the key that the header names");
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> Tokens.sign(Samples.job().token(), Samples.NODE))
        .withMessageContaining("cannot be signed by");
  }

  @Test
  void aTokenOfOneKindIsNotTakenForAnother() {
    String job = Samples.job().compact();
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> Tokens.parse(job, ChallengeToken.class))
        .withMessage("token: expected a ChallengeToken, found typ assay-job+jwt");
    String retyped =
        Samples.forge(Samples.header(ReceiptToken.TYP, KEY), Samples.payload(Samples.job()), KEY);
    refused(retyped, "assay-receipt+jwt.assay.commitment: missing");
  }

  @Test
  void aTokenOfAKindThatWeDoNotKnowSaysSo() {
    String payload = "{\"iss\":\"someone\",\"any\":[1.5,{\"x\":null}]}";
    String compact = Samples.forge(Samples.header("other+jwt", KEY), payload, KEY);
    ParsedToken parsed = Tokens.parse(compact.getBytes(StandardCharsets.US_ASCII));
    assertThat(parsed).isEqualTo(new UnknownToken(parsed.jws(), "other+jwt"));
    assertThat(parsed.jws().verifiedBy(KEY.publicKey())).isTrue();
  }

  @Test
  void aTokenIsNoLargerThanALogEntry() {
    String filler = "x".repeat(48_000);
    String fits =
        Samples.forge(Samples.header("other+jwt", KEY), "{\"filler\":\"" + filler + "\"}", KEY);
    assertThat(Tokens.parse(fits).jws().bytes()).hasSizeGreaterThan(64_000);
    refused(
        Samples.forge(
            Samples.header("other+jwt", KEY), "{\"filler\":\"" + filler.repeat(2) + "\"}", KEY),
        "at most 65535 are allowed");
    refused(
        Samples.forge(Samples.header("x".repeat(1000), KEY), "{}", KEY),
        "token header: longer than");
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(
            () ->
                Tokens.sign(
                    new RefusalToken(
                        Samples.NODE.id(),
                        Samples.NOW,
                        Samples.digest("c"),
                        filler.repeat(2),
                        Map.of()),
                    Samples.NODE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "e30.e30", "e30.e30.e30.e30", "ä.e30.e30"})
  void whatHasAnotherShapeIsRefused(String text) {
    refused(text, "token");
  }

  private static boolean accepted(byte[] compact) {
    try {
      ParsedToken parsed = Tokens.parse(compact);
      return KEYS.stream().anyMatch(key -> parsed.jws().verifiedBy(key));
    } catch (TokenException e) {
      return false;
    }
  }

  private static void refused(String compact, String reason) {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> Tokens.parse(compact))
        .withMessageContaining(reason);
  }
}
