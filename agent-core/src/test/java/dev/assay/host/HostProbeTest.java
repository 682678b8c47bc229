package dev.assay.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Device;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProbeTest {
  private static final JvmView JVM = new JvmView("amd64", 4);

  @TempDir Path directory;

  private PlatformFacts probe(String host, OshiView oshi) throws Exception {
    Path root = host.isEmpty() ? directory : HostTree.unpack(host, directory);
    return new HostProbe(new HostFiles(root, Duration.ofSeconds(5)), () -> oshi, () -> JVM).probe();
  }

  private PlatformFacts probe(String host) throws Exception {
    return probe(host, OshiView.NOTHING);
  }

  private static Component component(PlatformFacts facts, String id) {
    return facts.component(id).orElseThrow();
  }

  @Test
  void aBareMachineIsDescribedWithEverySource() throws Exception {
    PlatformFacts facts = probe("bare-metal.host");

    Component cpu = component(facts, "cpu:0");
    assertThat(cpu.facts())
        .containsEntry("model", new Reading.Text("Intel(R) Xeon(R) Gold 6430", Source.PROCFS))
        .containsEntry("sockets", new Reading.Amount(2, Source.SYSFS))
        .containsEntry("cores", new Reading.Amount(4, Source.SYSFS))
        .containsEntry("threads", new Reading.Amount(8, Source.PROCFS))
        .containsEntry("usableThreads", new Reading.Amount(4, Source.JVM))
        .containsEntry("memoryNodes", new Reading.Amount(2, Source.SYSFS))
        .containsEntry("maxHertz", new Reading.Amount(3_900_000_000L, Source.SYSFS))
        .containsEntry("level1DataCacheBytes", new Reading.Amount(128 << 10, Source.SYSFS))
        .containsEntry("level2CacheBytes", new Reading.Amount(4 << 20, Source.SYSFS))
        .containsEntry("lastLevelCacheBytes", new Reading.Amount(120 << 20, Source.SYSFS))
        .containsEntry(
            "features",
            new Reading.Texts(List.of("avx2", "avx512f", "fpu", "sha_ni", "sse2"), Source.PROCFS));
    assertThat(component(facts, "memory").facts())
        .containsEntry("totalBytes", new Reading.Amount(65_536_000L * 1024, Source.PROCFS))
        .containsEntry("limitBytes", new Reading.NotMeasured("no limit is set", Source.CGROUP));
    assertThat(component(facts, "machine").holds("virtual")).isFalse();
    assertThat(component(facts, "machine").text("product")).contains("SYS-421GE-TNRT");
    assertThat(component(facts, "os").text("name")).contains("Debian GNU/Linux");
    assertThat(component(facts, "os").text("kernel")).contains("6.12.8-amd64");
    assertThat(facts.conflicts()).isEmpty();
    assertThat(facts.uptimeSeconds()).hasValue(3600);
    assertThat(facts.bootSeed()).contains("AAECAwQFBgcICQoLDA0ODw");
    assertThat(facts.devices())
        .containsExactly(
            new Device(
                "cpu:0",
                Component.Kind.CPU,
                "Intel(R) Xeon(R) Gold 6430",
                4,
                4,
                120L << 20,
                60_000_000L * 1024));
  }

  @Test
  void disksLinksAndAdaptersAreThoseOfHardware() throws Exception {
    PlatformFacts facts = probe("bare-metal.host");

    assertThat(component(facts, "disk:0").facts())
        .containsEntry("model", new Reading.Text("SAMSUNG MZQL21T9HCJR-00A07", Source.SYSFS))
        .containsEntry("medium", new Reading.Text("nvme", Source.SYSFS))
        .containsEntry("sizeBytes", new Reading.Amount(3_750_748_848L * 512, Source.SYSFS));
    assertThat(component(facts, "disk:1").text("medium")).contains("rotating");
    assertThat(facts.component("disk:2")).as("no loop, removable or mapped disk").isEmpty();
    assertThat(component(facts, "network:0").facts())
        .containsEntry("medium", new Reading.Text("ethernet", Source.SYSFS))
        .containsEntry("driver", new Reading.Text("mlx5_core", Source.SYSFS))
        .containsEntry("up", new Reading.Flag(true, Source.SYSFS))
        .containsEntry("bitsPerSecond", new Reading.Amount(25_000_000_000L, Source.SYSFS));
    assertThat(component(facts, "network:1").text("medium")).contains("infiniband");
    assertThat(component(facts, "network:1").amount("bitsPerSecond")).isEmpty();
    assertThat(facts.component("network:2")).as("no loopback").isEmpty();
    assertThat(component(facts, "pci:1").facts())
        .containsEntry("vendorId", new Reading.Text("0x10de", Source.SYSFS))
        .containsEntry("deviceId", new Reading.Text("0x2330", Source.SYSFS))
        .containsEntry("driver", new Reading.Text("nvidia", Source.SYSFS));
    assertThat(facts.component("pci:2")).as("no bridge").isEmpty();
    assertThat(facts.devices()).as("an adapter is not a device").hasSize(1);
  }

  @Test
  void enginesAndControlGroupsAreFound() throws Exception {
    PlatformFacts facts = probe("bare-metal.host");

    assertThat(component(facts, "engine:docker").facts())
        .containsEntry("installed", new Reading.Flag(true, Source.FILE))
        .containsEntry("socket", new Reading.Flag(true, Source.FILE))
        .containsEntry(
            "version", new Reading.Text("Docker version 28.3.1, build 38b7060", Source.COMMAND));
    assertThat(facts.component("engine:podman")).isEmpty();
    assertThat(component(facts, "cgroup").facts())
        .containsEntry("versions", new Reading.Texts(List.of("v2"), Source.PROCFS))
        .containsEntry(
            "writableControllers",
            new Reading.Texts(List.of("cpu", "memory", "pids"), Source.SYSFS));
  }

  @Test
  void nothingThatNamesAPersonOrAMachineIsKept() throws Exception {
    String everything = probe("bare-metal.host").toString();

    assertThat(everything)
        .doesNotContain("alice", "S123456X", "S64GNE0R000000", "00:11:22", "enx0011")
        .doesNotContain("0123456789abcdef", "11111111-2222");
  }

  @Test
  void theMachineIdEntersTheUeidOnly() throws Exception {
    assertThat(probe("bare-metal.host").ueid())
        .as("base64url(01 || SHA-256('assay.dev ueid v1' 00 machine id))")
        .contains("AUltZT2aH_7yenQJIZpHjHoSvkNp1gUKhgX6pIbrre_U");
  }

  @Test
  void withoutAMachineIdTheFirmwaresUuidCounts() throws Exception {
    assertThat(probe("virtual-machine.host").ueid())
        .as("of the UUID in lower case")
        .contains("AQEZwGiarb3aeEtcKAN-300-lLt7ye2wuH1cfdwJdvwi");
  }

  @Test
  void aVirtualMachineIsCalledOne() throws Exception {
    PlatformFacts facts = probe("virtual-machine.host");

    assertThat(component(facts, "machine").holds("virtual")).isTrue();
    assertThat(component(facts, "disk:0").text("medium")).contains("virtual");
    assertThat(component(facts, "network:0").facts().get("bitsPerSecond"))
        .isEqualTo(new Reading.NotMeasured("the driver does not say", Source.SYSFS));
    assertThat(component(facts, "cpu:0").facts().get("maxHertz"))
        .isInstanceOf(Reading.NotMeasured.class);
    assertThat(facts.conflicts()).isEmpty();
  }

  @Test
  void theLimitOfAContainerBoundsWhatAProofMayTake() throws Exception {
    PlatformFacts facts = probe("container.host");

    assertThat(component(facts, "machine").text("container")).contains("docker");
    assertThat(component(facts, "memory").facts())
        .containsEntry("totalBytes", new Reading.Amount(16_000_000L * 1024, Source.PROCFS))
        .containsEntry("limitBytes", new Reading.Amount(2L << 30, Source.CGROUP));
    assertThat(component(facts, "cpu:0").facts().get("freeMemoryBytes"))
        .as("limit - usage + page cache that can be dropped")
        .isEqualTo(new Reading.Amount((2L << 30) - 400_000_000 + 100_000_000, Source.CGROUP));
    assertThat(component(facts, "cgroup").facts())
        .containsEntry("versions", new Reading.Texts(List.of("v1"), Source.PROCFS))
        .containsEntry(
            "controllers",
            new Reading.Texts(List.of("cpu", "cpuacct", "memory", "pids"), Source.PROCFS))
        .containsEntry(
            "writableControllers", new Reading.Texts(List.of("memory", "pids"), Source.SYSFS));
  }

  @Test
  void sourcesThatDisagreeAreListedAndNotResolved() throws Exception {
    OshiView oshi =
        new OshiView(
            "Intel(R) Xeon(R) Gold 6430",
            OptionalInt.of(1),
            OptionalInt.of(2),
            OptionalInt.of(8),
            OptionalLong.empty(),
            OptionalLong.of(1L << 30),
            OptionalLong.of(59_000_000L * 1024),
            Map.of("sda", 512_000_001L),
            Map.of());

    PlatformFacts facts = probe("conflicting.host", oshi);

    assertThat(facts.conflicts())
        .containsExactlyInAnyOrder(
            new Conflict(
                "cpu:0",
                "threads",
                List.of(
                    new Reading.Amount(8, Source.PROCFS),
                    new Reading.Amount(4, Source.SYSFS),
                    new Reading.Amount(8, Source.OSHI))),
            new Conflict(
                "memory",
                "totalBytes",
                List.of(
                    new Reading.Amount(65_536_000L * 1024, Source.PROCFS),
                    new Reading.Amount(1L << 30, Source.OSHI))),
            new Conflict(
                "disk:0",
                "sizeBytes",
                List.of(
                    new Reading.Amount(512_000_000, Source.SYSFS),
                    new Reading.Amount(512_000_001, Source.OSHI))),
            new Conflict(
                "machine",
                "virtual",
                List.of(
                    new Reading.Flag(true, Source.PROCFS), new Reading.Flag(false, Source.DMI))));
    assertThat(component(facts, "disk:0").text("model")).contains("DISKONE");
    assertThat(facts.ueid()).as("an id of zeros is nobody's").isEmpty();
  }

  @Test
  void anEmptyHostIsAnAnswerToo() throws Exception {
    PlatformFacts facts = probe("");

    assertThat(component(facts, "cpu:0").facts().get("model"))
        .isEqualTo(new Reading.NotMeasured("the host does not say", Source.PROCFS));
    assertThat(facts.devices()).as("without known memory nothing can be asked").isEmpty();
    assertThat(facts.ueid()).isEmpty();
    assertThat(facts.bootSeed()).isEmpty();
    assertThat(facts.uptimeSeconds()).isEmpty();
  }

  @Test
  void theHostOfThisTestIsReadByItsRealProbe() {
    PlatformFacts facts = new HostProbe().probe();

    Device cpu = facts.device("cpu:0").orElseThrow();
    assertThat(cpu.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(cpu.freeMemoryBytes()).isPositive();
    assertThat(component(facts, "memory").amount("totalBytes")).isPresent();
    assertThat(component(facts, "os").text("kernel")).contains(System.getProperty("os.version"));
    assertThat(facts.bootSeed()).isPresent();
    assertThat(facts.conflicts())
        .as("OSHI reads the same memory")
        .noneMatch(conflict -> conflict.fact().equals("totalBytes"));
  }
}
