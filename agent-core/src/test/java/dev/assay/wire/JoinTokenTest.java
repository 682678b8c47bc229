package dev.assay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
  private static final long SEED = 20_261_122;
  private static final Instant EXPIRY = Instant.parse("2026-11-23T12:00:00.5Z");

  private static JoinToken token(String address) {
    byte[] secret = new byte[Secret.SIZE];
    new Random(SEED).nextBytes(secret);
    return new JoinToken(
        Address.parse(address), Loopback.COORDINATOR.id(), Secret.of(secret), EXPIRY);
  }

  @Test
  void whatWasPrintedIsRead() {
    for (String address : new String[] {"127.0.0.1:7443", "[::1]:1", "a.example:65535"}) {
      JoinToken token = token(address);
      assertThat(JoinToken.parse(" " + token.text() + "\n")).isEqualTo(token);
      assertThat(token.text()).matches("assay-join-[A-Za-z0-9_-]+");
      assertThat(token.address()).hasToString(address);
    }
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = token("coordinator.example:7443").text();
    Random random = new Random(SEED);
    String alphabet = "ABCabc012_-=!";
    for (int i = 0; i < text.length(); i++) {
      StringBuilder altered = new StringBuilder(text);
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      altered.setCharAt(i, other == text.charAt(i) ? '.' : other);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JoinToken.parse(altered.toString()))
          .withMessageContaining("join token");
    }
  }

  @Test
  void aTokenThatWasCutOrIsNoneIsRefusedWithASentence() {
    String text = token("coordinator.example:7443").text();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> JoinToken.parse(cut));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JoinToken.parse(text.substring(0, text.length() - 4)))
        .withMessage("this join token was altered or cut short: copy it again, whole");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JoinToken.parse("hello"))
        .withMessage("this is not a join token: one begins with assay-join-");
  }

  @Test
  void aTokenOfAnotherVersionIsToldApart() {
    String text = token("coordinator.example:7443").text();
    byte[] bytes = Base64Url.decode(text.substring("assay-join-".length()));
    bytes[0] = 2;
    byte[] checksum = Digest.of(Arrays.copyOf(bytes, bytes.length - 8)).bytes();
    System.arraycopy(checksum, 0, bytes, bytes.length - 8, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JoinToken.parse("assay-join-" + Base64Url.encode(bytes)))
        .withMessageContaining("version 2");
  }

  @Test
  void expiry() {
    JoinToken token = token("coordinator.example:7443");
    assertThat(token.isExpired(EXPIRY.minusSeconds(1))).isFalse();
    assertThat(token.isExpired(EXPIRY.plusSeconds(1))).isTrue();
  }

  @Test
  void addresses() {
    for (String bad :
        new String[] {
          "",
          "host",
          "host:",
          ":1",
          "host:0",
          "host:65536",
          "host:01",
          "::1:7443",
          "ho st:1",
          "[::1:1",
          "host/x:1"
        }) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Address.parse(bad));
    }
  }
}
