package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.control.ControlClient;
import dev.assay.control.ControlException;
import dev.assay.wire.Availability;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes whose owners keep new work out. */
@Timeout(60)
class AvailabilityTest extends JobScript {
  private static final Availability PAUSED =
      new Availability(Availability.State.PAUSED, OptionalLong.of(1_795_334_400));

  private void say(Availability now) throws Exception {
    node.send(new FromNode.AvailabilityChange(now));
    Bench.await(() -> now.equals(bench.coordinator.sessions().availability(node.id()).get()));
  }

  private JsonNode listed() throws Exception {
    return new ControlClient(CoordinatorSettings.socket(home)).get("/nodes").raw().at("/nodes/0");
  }

  @Test
  void workWaitsForANodeThatIsPaused() throws Exception {
    say(PAUSED);
    assertThat(listed().at("/availability/state").asText()).isEqualTo("paused");
    assertThat(listed().at("/availability/until").asLong()).isEqualTo(1_795_334_400);
    String waiting = submit();
    String cancelled = submit();
    bench.coordinator.cancel(bench.coordinator.job(cancelled), "changed my mind");
    assertThat(bench.coordinator.job(waiting).sent()).isFalse();
    assertThatThrownBy(() -> bench.coordinator.challenge(node.id(), "cpu:0", "hash-chain", false))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("lets no new work in now");

    say(Availability.OPEN);
    assertThat(nextJob().token().id()).isEqualTo(waiting);
    assertThat(bench.coordinator.job(cancelled).state()).isEqualTo(JobOrder.CANCELLED);
    assertThat(listed().at("/availability/state").asText()).isEqualTo("open");
  }

  @Test
  void aNodeMayBePausedFromItsHelloOn() throws Exception {
    bench.disconnect(node);
    String waiting = submit();
    node.events.clear();
    node.availability = PAUSED;
    bench.connect(node);
    assertThat(bench.coordinator.sessions().availability(node.id())).contains(PAUSED);
    say(Availability.DRAINING);
    assertThat(bench.coordinator.job(waiting).sent()).isFalse();
    say(Availability.OPEN);
    assertThat(nextJob().token().id()).isEqualTo(waiting);
    assertThat(listed().path("present").asBoolean()).isTrue();
    bench.disconnect(node);
    assertThat(listed().has("availability")).isFalse();
  }

  @Test
  void aJobThatANodeMayHaveIsStillCancelled() throws Exception {
    String job = submit();
    nextJob();
    say(PAUSED);
    bench.coordinator.cancel(bench.coordinator.job(job), "changed my mind");
    assertThat(node.next(FromCoordinator.JobCancel.class).id()).isEqualTo(job);
  }
}
