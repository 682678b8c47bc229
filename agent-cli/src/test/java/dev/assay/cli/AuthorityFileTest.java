package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code authority.pem} in a home is used or refused, never passed over. */
class AuthorityFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path directory;

  private Identity load() throws IOException {
    return Identity.loadOrCreate(new Home(directory), Optional.empty(), new SecureRandom(), NOW);
  }

  @Test
  void aHomeWithoutOneTrustsKeysAlone() throws IOException {
    assertThat(load().tls().authority()).isEmpty();
  }

  @Test
  void aDamagedOneIsRefused() throws IOException {
    Path file = Files.writeString(new Home(directory).authority(), "no certificate");
    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(file + " is not an X.509 certificate: replace or remove it");
  }

  @Test
  void aCertificateThatIsNoAuthoritysIsRefused() throws IOException {
    load();
    Home home = new Home(directory);
    Files.copy(home.certificate(), home.authority());
    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(
            home.authority() + " is not the certificate of an authority: replace or remove it");
  }
}
