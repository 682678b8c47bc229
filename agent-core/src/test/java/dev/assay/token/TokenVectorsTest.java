package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.proof.MemoryFill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of tokens.md: one proof as tokens, and EATs of another profile. */
class TokenVectorsTest {
  @Test
  void theKeysAreThoseOfTheSeeds() {
    assertThat(jwk("tokens-v1/node.jwk")).isEqualTo(Samples.NODE.publicKey());
    assertThat(jwk("tokens-v1/challenger.jwk")).isEqualTo(Samples.CHALLENGER.publicKey());
    assertThat(jwk("eat/node.jwk")).isEqualTo(Samples.NODE.publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "challenge, challenger",
    "commitment, node",
    "receipt, challenger",
    "opening, node",
    "result, challenger"
  })
  void readingAndSigningAgainGivesTheSameBytes(String name, String signer) {
    SigningKey key = signer.equals("node") ? Samples.NODE : Samples.CHALLENGER;
    String compact = Samples.resource("tokens-v1/" + name + ".jwt");
    SignedToken<Token> read = Tokens.verify(compact, Token.class, key.publicKey());
    assertThat(Tokens.sign(read.token(), key).compact()).isEqualTo(compact);
  }

  @Test
  void theClaimsAreReadAsTheyStand() {
    ChallengeToken challenge = read("challenge", ChallengeToken.class).token();
    assertThat(challenge.issuer()).isEqualTo(Samples.CHALLENGER.id());
    assertThat(challenge.subject()).isEqualTo(Samples.NODE.id());
    assertThat(challenge.id()).isEqualTo("1");
    assertThat(challenge.issuedAt()).isEqualTo(1_795_000_000);
    assertThat(challenge.expiresAt()).isEqualTo(1_795_000_060);
    assertThat(challenge.device()).isEqualTo("cpu:0");
    assertThat(challenge.proof()).isEqualTo(new MemoryFill(1024, 2, 4));
    assertThat(challenge.deadlineMs()).isEqualTo(5000);
    CommitmentToken commitment = read("commitment", CommitmentToken.class).token();
    assertThat(commitment.roots()).hasSize(3);
    assertThat(commitment.elapsedMs()).isEqualTo(900);
    assertThat(commitment.ueid()).contains("AUltZT2aH_7yenQJIZpHjHoSvkNp1gUKhgX6pIbrre_U");
    assertThat(read("receipt", ReceiptToken.class).token().witnessedMs()).isEqualTo(1000);
    ResultToken result = read("result", ResultToken.class).token();
    assertThat(result.status()).isEqualTo(ResultToken.Status.PASS);
    assertThat(result.proven()).as("two passes show nothing").contains(ProvenFigures.NONE);
  }

  @Test
  void theTokensMakeOneChainAndNameTheBlob() throws IOException {
    ProofChain chain =
        ProofChain.of(read("challenge", ChallengeToken.class))
            .with(read("commitment", CommitmentToken.class))
            .with(read("receipt", ReceiptToken.class))
            .with(read("opening", OpeningToken.class))
            .with(read("result", ResultToken.class));
    assertThat(chain.failure()).isEmpty();
    OpeningToken opening = chain.opening().orElseThrow().token();
    byte[] blob =
        TokenVectorsTest.class
            .getResourceAsStream("/vectors/tokens-v1/opening.cbor")
            .readAllBytes();
    assertThat(opening.blob()).isEqualTo(Digest.of(blob));
    assertThat(opening.size()).isEqualTo(blob.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eat.jwt", "eat-9864.jwt"})
  void anEatOfAnotherProfileIsSignedButNotOurs(String name) {
    ParsedToken eat = Tokens.parse(Samples.resource("eat/" + name));
    assertThat(eat.jws().verifiedBy(Samples.NODE.publicKey())).isTrue();
    assertThat(eat.jws().verifiedBy(Samples.CHALLENGER.publicKey())).isFalse();
    assertThat(eat)
        .isInstanceOfSatisfying(
            UnknownToken.class,
            unknown ->
                assertThat(unknown.kind())
                    .isEqualTo("eat+jwt of https://node.example/eat/gpu-node/v1"));
  }

  @Test
  void theDetachedClaimsOfABundleHaveTheSignedDigests() throws IOException {
    JsonNode bundle = new ObjectMapper().readTree(Samples.resource("eat/eat-bundle.json"));
    assertThat(bundle.get(0).get(0).textValue()).isEqualTo("JWT");
    Jws jws = Jws.parse(bundle.get(0).get(1).textValue());
    assertThat(jws.verifiedBy(Samples.NODE.publicKey())).isTrue();
    JsonNode submods = new ObjectMapper().readTree(jws.payload()).get("submods");
    for (String device : new String[] {"gpu-0", "gpu-1"}) {
      byte[] claims = Base64Url.decode(bundle.get(1).get(device).textValue());
      assertThat(new String(claims, StandardCharsets.UTF_8))
          .isEqualTo(Samples.resource("eat/detached." + device + ".json"));
      assertThat(submods.get(device).get(1).get(1).textValue())
          .isEqualTo(Digest.of(claims).base64Url());
    }
  }

  private static <T extends Token> SignedToken<T> read(String name, Class<T> kind) {
    return Tokens.parse(Samples.resource("tokens-v1/" + name + ".jwt"), kind);
  }

  private static PublicKey jwk(String name) {
    return PublicKey.ofJwk(Samples.resource(name).getBytes(StandardCharsets.UTF_8));
  }
}
