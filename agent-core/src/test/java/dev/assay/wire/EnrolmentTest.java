package dev.assay.wire;

import static dev.assay.wire.Loopback.COORDINATOR;
import static dev.assay.wire.Loopback.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key is enrolled once per secret. */
@Timeout(60)
class EnrolmentTest {
  private final Secret secret = Secret.random(new SecureRandom());
  private Loopback loopback;

  @BeforeEach
  void start() throws Exception {
    loopback = new Loopback();
    loopback.handler.secret = Optional.of(secret.digest());
  }

  @AfterEach
  void stop() throws Exception {
    loopback.close();
  }

  @Test
  void aSecretEnrolsOnceAndIsThenRefused() throws Exception {
    ClientConfig config = loopback.reach(NODE, COORDINATOR.id());
    assertThat(WireClient.enrol(config, secret))
        .isEqualTo(new Enrolment("test coordinator", COORDINATOR.publicKey()));
    assertThatExceptionOfType(EnrolmentRefusedException.class)
        .isThrownBy(() -> WireClient.enrol(config, secret))
        .withMessage("this join token is unknown here, or used: ask for a new one");
  }

  @Test
  void anotherSecretIsRefused() {
    assertThatIOException()
        .isThrownBy(
            () ->
                WireClient.enrol(
                    loopback.reach(NODE, COORDINATOR.id()), Secret.random(new SecureRandom())))
        .withMessageContaining("unknown here");
  }

  @Test
  void theSecretIsNotShownToAnotherCoordinator() {
    assertThatIOException()
        .isThrownBy(() -> WireClient.enrol(loopback.reach(NODE, Party.number(7).id()), secret))
        .withMessageStartingWith("the peer holds the key ");
    assertThat(loopback.handler.secret).isPresent();
  }

  @Test
  void oneConnectionMayEnrolAndGoOn() throws Exception {
    RawNode node = loopback.closing(RawNode.connect(loopback.server.port(), NODE));
    node.send(new FromNode.Enrol(secret));
    assertThat(node.next()).isEqualTo(new FromCoordinator.Enrolled("test coordinator"));
    node.send(Loopback.hello(NODE, 1));
    node.next(FromCoordinator.Welcome.class);
  }

  @Test
  void aNodeThatWasRefusedHearsWhyAndTheConnectionEnds() throws Exception {
    RawNode node = loopback.closing(RawNode.connect(loopback.server.port(), NODE));
    node.send(new FromNode.Enrol(Secret.of(new byte[32])));
    assertThat(node.next(Fault.class).code()).isEqualTo(Fault.ENROLMENT_REFUSED);
    assertThat(node.closed().code()).isEqualTo(CloseCode.REFUSED.number());
  }
}
