package dev.assay.gpu.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.gpu.emulator.Emulator;
import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Device;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.HostFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GpuProbeTest {
  private static final String UUID = "01234567-89ab-4def-8123-456789abcdef";
  private static final String CUDA =
      "name=NVIDIA H100 80GB HBM3;cc=9.0;sms=132;mem=80G;driver=13000;pci=0000:17:00.0;uuid="
          + UUID.replace("-", "")
          + ";attribute.37=5120;attribute.38=52428800;attribute.32=1;attribute.13=1980000"
          + ";attribute.36=2619000;attribute.39=2048";
  private static final String NVML = "uuid=GPU-" + UUID;
  private static final Catalog CATALOG = Catalog.load();

  @TempDir Path root;

  private static void nvml(String settings) {
    Function.getFunction(
            Path.of("target/emulator/libnvidia-ml.so.1").toAbsolutePath().toString(),
            "assay_nvml_configure")
        .invokeVoid(new Object[] {settings});
  }

  @AfterEach
  void reset() {
    nvml("");
    Emulator.configure("");
  }

  private GpuFacts probe(String cuda, String managed) throws InterruptedException {
    return probe(cuda, managed, Map.of());
  }

  private GpuFacts probe(String cuda, String managed, Map<String, String> environment)
      throws InterruptedException {
    Emulator.configure(cuda);
    nvml(managed);
    return probe(Driver.open(), environment);
  }

  private GpuFacts probe(DriverState driver, Map<String, String> environment) {
    return new GpuProbe(
            driver,
            NvmlLibrary.ofDriver(),
            new HostFiles(root, Duration.ofSeconds(5)),
            LoaderSettings.of(environment),
            CATALOG)
        .probe();
  }

  private static Component component(GpuFacts facts, String id) {
    return facts.components().stream()
        .filter(component -> component.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Device> devices(GpuFacts facts) {
    return new PlatformFacts(
            facts.components(),
            facts.conflicts(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty())
        .devices();
  }

  private static List<String> conflicts(GpuFacts facts) {
    return facts.conflicts().stream().map(c -> c.component() + " " + c.fact()).toList();
  }

  @Test
  void aSoundDeviceIsDescribedByAllSourcesWithoutConflict() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe(CUDA, NVML);

    assertThat(facts.conflicts()).isEmpty();
    assertThat(component(facts, "cuda:0").facts())
        .containsEntry("model", new Reading.Text("NVIDIA H100 80GB HBM3", Source.CUDA))
        .containsEntry("uuid", new Reading.Text("GPU-" + UUID, Source.CUDA))
        .containsEntry("pciAddress", new Reading.Text("0000:17:00.0", Source.CUDA))
        .containsEntry("pciDeviceId", new Reading.Text("0x2330", Source.SYSFS))
        .containsEntry("pciSubsystemId", new Reading.Text("0x10de16c1", Source.SYSFS))
        .containsEntry("computeCapability", new Reading.Text("9.0", Source.CUDA))
        .containsEntry("cores", new Reading.Amount(132, Source.CUDA))
        .containsEntry("threads", new Reading.Amount(132 * 2048, Source.CUDA))
        .containsEntry("maxHertz", new Reading.Amount(1_980_000_000L, Source.CUDA))
        .containsEntry("multiprocessorHertz", new Reading.Amount(345_000_000L, Source.NVML))
        .containsEntry("powerLimitMilliwatts", new Reading.Amount(700_000, Source.NVML))
        .containsEntry("throttleReasons", new Reading.Texts(List.of("idle"), Source.NVML))
        .containsEntry("ecc", new Reading.Flag(true, Source.CUDA))
        .containsEntry("computeProcesses", new Reading.Amount(2, Source.NVML))
        .containsEntry("linkGeneration", new Reading.Amount(5, Source.NVML))
        .containsEntry("memoryNode", new Reading.Amount(1, Source.SYSFS))
        .doesNotContainKeys("sameUuidAs", "samePciAddressAs");
    assertThat(component(facts, "driver:nvidia").facts())
        .containsEntry("version", new Reading.Text("580.95.05", Source.SYSFS))
        .containsEntry("cudaVersion", new Reading.Text("13.0", Source.CUDA))
        .containsEntry("openKernelModule", new Reading.Flag(true, Source.PROCFS))
        .containsEntry("cudaDevices", new Reading.Amount(1, Source.CUDA))
        .containsEntry("nvmlDevices", new Reading.Amount(1, Source.NVML))
        .containsEntry("pciAdapters", new Reading.Amount(1, Source.SYSFS))
        .containsEntry("cudaLibraryMount", new Reading.Text("ext4", Source.PROCFS))
        .containsEntry("cudaLibraryWritableByOthers", new Reading.Flag(false, Source.FILE))
        .containsEntry("preload", new Reading.Texts(List.of(), Source.JVM))
        .containsEntry(
            "cudaLibrary",
            new Reading.Text("/usr/lib/x86_64-linux-gnu/libcuda.so.580.95.05", Source.PROCFS));
    assertThat(devices(facts))
        .containsExactly(
            new Device(
                "cuda:0",
                Component.Kind.GPU,
                "NVIDIA H100 80GB HBM3",
                132,
                132 * 2048,
                50L << 20,
                (80L << 30) - (3L << 29)));
  }

  @Test
  void aNameThatThePciIdDoesNotHaveIsAConflict() throws Exception {
    HostTree.ofOneH100(root, UUID).adapter(HostTree.ADDRESS, "0x2684", "0x16f4");

    GpuFacts facts = probe(CUDA, NVML);

    assertThat(facts.conflicts())
        .contains(
            new Conflict(
                "cuda:0",
                "model",
                List.of(
                    new Reading.Text("NVIDIA H100 80GB HBM3", Source.CUDA),
                    new Reading.Text("NVIDIA H100 80GB HBM3", Source.NVML),
                    new Reading.Text("NVIDIA H100 80GB HBM3", Source.PROCFS),
                    new Reading.Text("NVIDIA GeForce RTX 4090", Source.SYSFS))),
            new Conflict(
                "cuda:0",
                "pciDeviceId",
                List.of(
                    new Reading.Text("0x2684", Source.SYSFS),
                    new Reading.Text("0x2330", Source.NVML))));
  }

  @Test
  void memoryThatOneSourceDoesNotSeeIsAConflict() throws Exception {
    HostTree.ofOneH100(root, UUID);

    assertThat(probe(CUDA, NVML + ";mem=24G").conflicts())
        .containsExactly(
            new Conflict(
                "cuda:0",
                "totalBytes",
                List.of(
                    new Reading.Amount(80L << 30, Source.CUDA),
                    new Reading.Amount(24L << 30, Source.NVML))));
    assertThat(probe(CUDA.replace("mem=80G", "mem=79G"), NVML).conflicts())
        .as("the driver's own share is no conflict")
        .isEmpty();
  }

  @Test
  void oneDeviceUnderTwoNumbersIsNamedTwice() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe(CUDA + ";devices=2;same_device=1;1.pci=0000:16:00.0", NVML);

    assertThat(component(facts, "cuda:1").text("sameUuidAs")).contains("cuda:0");
    assertThat(component(facts, "cuda:1").text("samePciAddressAs")).contains("cuda:0");
    assertThat(facts.conflicts())
        .contains(
            new Conflict(
                "driver:nvidia",
                "distinctUuids",
                List.of(new Reading.Amount(2, Source.CUDA), new Reading.Amount(1, Source.CUDA))),
            new Conflict(
                "driver:nvidia",
                "devices",
                List.of(
                    new Reading.Amount(2, Source.CUDA),
                    new Reading.Amount(1, Source.NVML),
                    new Reading.Amount(1, Source.SYSFS))));
    assertThat(conflicts(facts)).contains("driver:nvidia distinctPciAddresses");
  }

  @Test
  void versionsThatDifferAreAConflict() throws Exception {
    HostTree.ofOneH100(root, UUID).libraries("/usr/lib/x86_64-linux-gnu", "570.10");

    GpuFacts facts = probe(CUDA, NVML + ";cuda=12080");

    assertThat(facts.conflicts())
        .containsExactly(
            new Conflict(
                "driver:nvidia",
                "version",
                List.of(
                    new Reading.Text("580.95.05", Source.SYSFS),
                    new Reading.Text("580.95.05", Source.PROCFS),
                    new Reading.Text("580.95.05", Source.NVML),
                    new Reading.Text("570.10", Source.FILE),
                    new Reading.Text("570.10", Source.FILE))),
            new Conflict(
                "driver:nvidia",
                "cudaVersion",
                List.of(
                    new Reading.Text("13.0", Source.CUDA), new Reading.Text("12.8", Source.NVML))));
  }

  @Test
  void aLibraryFromAnUnusualPlaceIsDescribedWithoutNamingAnyone() throws Exception {
    HostTree.ofOneH100(root, UUID)
        .libraries("/home/alice/fake", "580.95.05")
        .file("etc/ld.so.preload", "/home/alice/shim.so\n");
    Files.setPosixFilePermissions(
        root.resolve("home/alice/fake/libcuda.so.580.95.05"),
        PosixFilePermissions.fromString("rwxrwxrwx"));

    GpuFacts facts =
        probe(
            CUDA,
            NVML,
            Map.of(
                "LD_PRELOAD", "/home/alice/a.so:/opt/b.so",
                "LD_LIBRARY_PATH", "/home/alice/fake:/opt/lib"));

    assertThat(component(facts, "driver:nvidia").facts())
        .containsEntry(
            "cudaLibrary", new Reading.Text("/home/…/fake/libcuda.so.580.95.05", Source.PROCFS))
        .containsEntry("cudaLibraryMount", new Reading.Text("xfs", Source.PROCFS))
        .containsEntry("cudaLibraryWritableByOthers", new Reading.Flag(true, Source.FILE))
        .containsEntry("cudaLibraryMode", new Reading.Text("0777", Source.FILE))
        .containsEntry("preload", new Reading.Texts(List.of("a.so", "b.so"), Source.JVM))
        .containsEntry("preloadFile", new Reading.Texts(List.of("shim.so"), Source.FILE))
        .containsEntry(
            "libraryPath", new Reading.Texts(List.of("/home/…/fake", "/opt/lib"), Source.JVM));
    assertThat(facts.toString()).doesNotContain("alice");
    assertThat(facts.conflicts()).as("it is a fact and no conflict").isEmpty();
  }

  @Test
  void twoFilesOfOneLibraryAreAConflict() throws Exception {
    HostTree.ofOneH100(root, UUID)
        .file(
            "proc/self/maps",
            """
            7f1200000000-7f1200200000 r-xp 00000000 08:01 131  /usr/lib/libcuda.so.580.95.05
            7f1300000000-7f1300200000 r-xp 00000000 08:01 132  /opt/libcuda.so.1 (deleted)
            """);

    GpuFacts facts = probe(CUDA, NVML);

    assertThat(conflicts(facts)).containsExactly("driver:nvidia cudaLibrary");
    assertThat(component(facts, "driver:nvidia").facts().get("nvmlLibrary"))
        .isInstanceOf(Reading.NotMeasured.class);
  }

  @Test
  void withoutManagementTheDriverItselfSaysWhatIsFree() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe(CUDA.replace("mem=80G", "mem=256M"), "fail=nvmlInit_v2:9");

    Component gpu = component(facts, "cuda:0");
    assertThat(gpu.facts().get("management"))
        .isEqualTo(new Reading.NotMeasured("NVIDIA's kernel driver is not loaded", Source.NVML));
    assertThat(gpu.facts().get("freeMemoryBytes").source()).isEqualTo(Source.CUDA);
    assertThat(gpu.facts()).doesNotContainKey("powerMilliwatts");
    assertThat(gpu.facts()).containsEntry("linkGeneration", new Reading.Amount(1, Source.SYSFS));
    assertThat(gpu.facts()).containsEntry("maxLinkGeneration", new Reading.Amount(5, Source.SYSFS));
    assertThat(devices(facts)).hasSize(1);
    assertThat(facts.conflicts()).isEmpty();
  }

  @Test
  void aSliceOfADeviceIsNotComparedWithTheWhole() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts =
        probe(
            CUDA.replace("HBM3", "HBM3 MIG 1g.10gb").replace("mem=80G", "mem=256M")
                + ";attribute.37=640",
            "mig=1;uuid=GPU-ffffffff-0000-4000-8000-000000000000");

    assertThat(facts.conflicts()).isEmpty();
    assertThat(component(facts, "cuda:0").holds("multiInstance")).isTrue();
    assertThat(component(facts, "cuda:0").amount("totalBytes")).hasValue(256L << 20);
    assertThat(component(facts, "cuda:0").facts().get("freeMemoryBytes").source())
        .isEqualTo(Source.CUDA);
  }

  @Test
  void withoutADriverThereIsNothing() throws Exception {
    new HostTree(root).adapter(HostTree.ADDRESS, "0x2330", "0x16c1");
    nvml("fail=nvmlInit_v2:9");

    GpuFacts facts = probe(new DriverState.NoDriver("There is no NVIDIA driver."), Map.of());

    assertThat(facts).isEqualTo(new GpuFacts(List.of(), List.of()));
  }

  @Test
  void aDriverWithoutADeviceIsDescribedAndOffersNone() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe("devices=0", "devices=0");

    assertThat(devices(facts)).isEmpty();
    assertThat(facts.components()).hasSize(1);
    assertThat(component(facts, "driver:nvidia").facts().get("cudaDevices"))
        .isInstanceOf(Reading.NotMeasured.class);
  }

  @Test
  void aDeviceTooOldForTheKernelsIsNoDevice() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe(CUDA.replace("cc=9.0", "cc=6.1"), NVML);

    assertThat(devices(facts)).isEmpty();
    assertThat(component(facts, "driver:nvidia").facts().get("unusableDevices"))
        .isInstanceOfSatisfying(
            Reading.Texts.class, texts -> assertThat(texts.values()).hasSize(1));
  }

  @Test
  @Timeout(60)
  void aManagementLibraryThatHangsCostsItsTimeAndNoMore() throws Exception {
    HostTree.ofOneH100(root, UUID);

    GpuFacts facts = probe(CUDA, NVML + ";hang=nvmlDeviceGetPowerUsage");

    assertThat(component(facts, "cuda:0").facts().get("powerMilliwatts"))
        .isEqualTo(new Reading.NotMeasured("no answer within 2000 ms", Source.NVML));
    assertThat(devices(facts)).hasSize(1);
  }

  @Test
  void theProcessOfThisTestIsReadByTheRealProbe() throws Exception {
    Emulator.configure("");
    nvml("");

    GpuFacts facts = new GpuProbe(Driver.open(), NvmlLibrary.ofDriver(), System.getenv()).probe();

    assertThat(component(facts, "driver:nvidia").text("cudaLibrary"))
        .as("the file that is really loaded")
        .hasValueSatisfying(path -> assertThat(path).endsWith("target/emulator/libcuda.so.1"));
    assertThat(component(facts, "driver:nvidia").text("nvmlLibrary"))
        .hasValueSatisfying(path -> assertThat(path).endsWith("emulator/libnvidia-ml.so.1"));
    assertThat(component(facts, "driver:nvidia").facts().get("libraryPath"))
        .isInstanceOfSatisfying(
            Reading.Texts.class, texts -> assertThat(texts.values()).isNotEmpty());
  }
}
