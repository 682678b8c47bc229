package dev.assay.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
  @Test
  void everyByteStringHasOneSpellingThatReadsBack() {
    Random random = new Random(1);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void noOtherLastCharacterIsAccepted() {
    byte[] bytes = {1, 2, 3, 4};
    String text = Base64Url.encode(bytes);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    long accepted =
        alphabet
            .chars()
            .mapToObj(last -> text.substring(0, text.length() - 1) + (char) last)
            .filter(Base64UrlTest::accepted)
            .count();
    assertThat(accepted).as("of 64 last characters, those with zero trailing bits").isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AA==", "AA=", "AAAA=", "A", "AAAAA", "AB", "AAB", "A+", "A/", "AA AA", "AA\n", "ÄA"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base64Url.decode(text))
        .withMessageContaining("base64url");
  }

  @Test
  void aFixedLengthIsHeldTo() {
    assertThat(Base64Url.decode("AAAA", 3)).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base64Url.decode("AAAA", 4))
        .withMessage("expected 4 bytes in base64url, found 3");
  }

  @Test
  void digestsSpellTheSameValueInBothForms() {
    Digest digest = Digest.of("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(digest.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.ofHex(digest.hex())).isEqualTo(digest);
    assertThat(Digest.ofBase64Url(digest.base64Url())).isEqualTo(digest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Digest.ofHex(digest.hex().toUpperCase(Locale.ROOT)));
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.ofHex("00"));
  }

  private static boolean accepted(String text) {
    try {
      Base64Url.decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
