package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.crypto.PublicKey;
import dev.assay.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
  @TempDir Path home;

  @Test
  void theBootEpochGrowsByOneAtEachStart() throws IOException {
    Path boot = home.resolve("boot");
    assertThat(BootEpoch.next(boot)).isEqualTo(1);
    assertThat(BootEpoch.next(boot)).isEqualTo(2);
    assertThat(Files.readString(boot)).isEqualTo("2\n");
  }

  @Test
  void aDamagedBootEpochIsNotGuessed() throws IOException {
    for (String damaged : new String[] {"", "x\n", "-1\n", "007\n", "9999999999999999\n"}) {
      Path boot = Files.writeString(home.resolve("boot"), damaged);
      assertThatThrownBy(() -> BootEpoch.next(boot))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not hold a boot number");
    }
  }

  @Test
  void thePinnedCoordinatorIsReadAsItWasWritten() throws IOException {
    Path file = home.resolve("coordinator.json");
    assertThat(PinnedCoordinator.read(file)).isEmpty();
    PinnedCoordinator pinned =
        new PinnedCoordinator(
            new Address("::1", 7443), FakeCoordinator.KEY.publicKey(), "a \"name\"");
    pinned.write(file);
    assertThat(PinnedCoordinator.read(file)).contains(pinned);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedCoordinatorFileSaysWhatToDo() throws IOException {
    Path file = Files.writeString(home.resolve("coordinator.json"), "{\"address\":\"x\"}");
    assertThatThrownBy(() -> PinnedCoordinator.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("join again");
  }

  @Test
  void onlyOneHoldsAHome() throws IOException {
    Path file = home.resolve("agent.lock");
    try (HomeLock first = HomeLock.take(file).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(HomeLock.take(file)).isEmpty();
    }
    Optional<HomeLock> next = HomeLock.take(file);
    assertThat(next).isPresent();
    next.get().close();
  }

  @Test
  void thePublicKeyIsForEveryone() throws IOException {
    Path file = home.resolve("id.jwk");
    PublicKeyFile.write(file, TestHost.KEY.publicKey());
    assertThat(PublicKey.ofJwk(Files.readAllBytes(file))).isEqualTo(TestHost.KEY.publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
  }
}
