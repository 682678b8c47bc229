package dev.assay.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** RFC 8032 §7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, ''"
        + ", d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        + ", e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 72"
        + ", 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        + ", 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, af82"
        + ", fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
        + ", 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAndVerifiesAsTheStandardDoes(
      String seed, String message, String publicKey, String signature) {
    SigningKey key = SigningKey.fromSeed(HEX.parseHex(seed));
    assertThat(key.publicKey().bytes()).isEqualTo(HEX.parseHex(publicKey));
    assertThat(key.sign(HEX.parseHex(message))).isEqualTo(HEX.parseHex(signature));
    assertThat(key.publicKey().verify(HEX.parseHex(message), HEX.parseHex(signature))).isTrue();
  }

  @Test
  void everyChangedBitOfASignatureOrItsMessageIsSeen() {
    SigningKey key = TestKeys.counting(0);
    byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);
    byte[] signature = key.sign(message);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      assertThat(key.publicKey().verify(message, flipped(signature, bit))).isFalse();
    }
    for (int bit = 0; bit < message.length * 8; bit++) {
      assertThat(key.publicKey().verify(flipped(message, bit), signature)).isFalse();
    }
    assertThat(key.publicKey().verify(message, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(key.publicKey().verify(message, Arrays.copyOf(signature, 65))).isFalse();
  }

  @Test
  void aSignatureHasNoSecondSpellingWithTheOrderAddedToS() {
    SigningKey key = TestKeys.counting(0);
    byte[] message = new byte[10];
    byte[] signature = key.sign(message);
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(ORDER);
    byte[] second = Arrays.copyOf(signature, 64);
    for (int i = 0; i < 32; i++) {
      second[32 + i] = s.shiftRight(8 * i).byteValue();
    }
    assertThat(key.publicKey().verify(message, second)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the neutral element, and the points of order 2, 4 and 8
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        // the neutral element with a coordinate above the field's order
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // no point of the curve
        "0200000000000000000000000000000000000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "00"
      })
  void onlyCanonicalPointsOfPrimeOrderAreKeys(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicKey.ofBytes(HEX.parseHex(hex)))
        .withMessageContaining("Ed25519 public key");
  }

  @Test
  void aKeyIsNamedByItsThumbprint() {
    assertThat(TestKeys.counting(0).id().value())
        .isEqualTo("1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y");
    assertThat(TestKeys.counting(0x20).id().urn())
        .isEqualTo(
            "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
                + "AkXIZFzonb59ZmGwyKgi3H3BwMi6amevqdKQiLZhdtc");
    KeyId id = TestKeys.counting(0).id();
    assertThat(KeyId.ofUrn(id.urn())).isEqualTo(id);
    assertThatIllegalArgumentException().isThrownBy(() -> KeyId.ofUrn(id.value()));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyId(id.value() + "="));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyId("../etc/passwd"));
  }

  @Test
  void aJwkReadsBack() {
    PublicKey key = SigningKey.generate(new SecureRandom()).publicKey();
    assertThat(read(key.jwk())).isEqualTo(key);
    assertThat(read(key.jwk().replace("{", "{\"use\":\"sig\", "))).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"OKP\"', '\"EC\"', jwk.kty",
    "Ed25519, X25519, jwk.crv",
    "A6EHv_, A6EHv+, jwk.x",
    "JVMbg, JVMbh, jwk.x",
    "'\"crv\"', '\"x\"', Duplicate",
    "'{', '{\"d\":\"AAAA\",', private key"
  })
  void anotherJwkIsRefusedWithTheReason(String from, String to, String reason) {
    String jwk = TestKeys.counting(0).publicKey().jwk();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(jwk.replace(from, to)))
        .withMessageContaining(reason);
  }

  @Test
  void aSigningKeyDoesNotShowItself() {
    SigningKey key = TestKeys.counting(0);
    assertThat(key.toString()).isEqualTo(key.id().value());
  }

  private static PublicKey read(String jwk) {
    return PublicKey.ofJwk(jwk.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  private static BigInteger littleEndian(byte[] bytes) {
    BigInteger value = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return value;
  }
}
