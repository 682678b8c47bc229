package dev.assay.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlatformFactsTest {
  private static Component cpu(String... amounts) {
    Map<String, Reading> facts = new HashMap<>();
    for (String amount : amounts) {
      String[] parts = amount.split("=", 2);
      facts.put(parts[0], new Reading.Amount(Long.parseLong(parts[1]), Source.PROCFS));
    }
    return new Component("cpu:0", Component.Kind.CPU, facts);
  }

  private static PlatformFacts facts(Component... components) {
    return new PlatformFacts(
        List.of(components), List.of(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void aDeviceHasTheThreadsThatMayBeUsed() {
    Device device =
        facts(cpu("threads=64", "usableThreads=4", "cores=32", "freeMemoryBytes=1000"))
            .device("cpu:0")
            .orElseThrow();

    assertThat(device.threads()).isEqualTo(4);
    assertThat(device.cores()).isEqualTo(4);
    assertThat(device.lastLevelCacheBytes()).isZero();
    assertThat(device.model()).isEqualTo("unknown");
  }

  @Test
  void withoutMemoryOrThreadsNothingIsADevice() {
    assertThat(facts(cpu("threads=4")).devices()).isEmpty();
    assertThat(facts(cpu("freeMemoryBytes=4")).devices()).isEmpty();
    Component adapter =
        new Component("pci:0", Component.Kind.PCI, cpu("threads=1", "freeMemoryBytes=1").facts());
    assertThat(facts(adapter).devices()).isEmpty();
  }

  @Test
  void whatATokenCouldNotHoldIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> facts(cpu(), cpu()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Component("a b", Component.Kind.DISK, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Component(
                    "a", Component.Kind.DISK, Map.of("X", new Reading.Flag(true, Source.FILE))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Amount(-1, Source.FILE));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reading.Text("", Source.FILE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reading.Text("a\u001b[2J", Source.FILE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reading.Text("a".repeat(257), Source.FILE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conflict("a", "b", List.of(new Reading.Flag(true, Source.FILE))));
  }

  @Test
  void labelsReadBack() {
    for (Source source : Source.values()) {
      assertThat(Source.ofLabel(source.label())).isEqualTo(source);
    }
    for (Component.Kind kind : Component.Kind.values()) {
      assertThat(Component.Kind.ofLabel(kind.label())).isEqualTo(kind);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Source.ofLabel("PROCFS"));
    assertThatIllegalArgumentException().isThrownBy(() -> Component.Kind.ofLabel("Disk"));
  }
}
