package dev.assay.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  private static final Observed.Log GOOD_LOG = new Observed.Log.Good(12);

  @Test
  void aHealthyHostNeedsNothing() {
    List<Line> lines = new Scene().diagnosis();

    assertThat(lines).allMatch(line -> line.severity() == Severity.OK, "all fine");
    assertThat(lines)
        .extracting(Line::check)
        .contains(
            "driver",
            "device-nodes",
            "persistence",
            "ecc",
            "xid",
            "disk-errors",
            "containers",
            "clock",
            "control-groups",
            "disk",
            "key",
            "log",
            "coordinator");
    assertThat(lines.getFirst().sentence()).contains("550.54.15", "CUDA up to 12.4", "1 GPU.");
    assertThat(Diagnosis.holds(lines)).isTrue();
  }

  @Test
  void aHostWithoutAGpuIsNotABrokenOne() {
    List<Line> lines = Scene.withoutGpu().diagnosis();

    assertThat(Diagnosis.holds(lines)).isTrue();
    assertThat(lines).extracting(Line::severity).doesNotContain(Severity.WARNING, Severity.FAILURE);
    assertThat(lines.getFirst().sentence()).contains("no NVIDIA GPU", "cpu:0");
    assertThat(lines).extracting(Line::check).doesNotContain("xid", "ecc", "device-nodes");
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        trouble(
            "driver",
            Severity.FAILURE,
            "not loaded",
            "apt-get install nvidia-driver",
            s -> s.module = Optional.empty()),
        trouble(
            "driver",
            Severity.FAILURE,
            "nouveau",
            "blacklist nouveau",
            s -> {
              s.module = Optional.empty();
              s.modules = Set.of("nouveau");
            }),
        trouble(
            "driver",
            Severity.WARNING,
            "virtual machines",
            "inside",
            s -> {
              s.module = Optional.empty();
              s.pciGpus = List.of("vfio-pci");
            }),
        trouble(
            "driver",
            Severity.FAILURE,
            "updated under the running kernel",
            "sudo reboot",
            s ->
                s.library =
                    GpuLibrary.none(
                        "the driver's library and its kernel module have different versions")),
        trouble(
            "driver",
            Severity.FAILURE,
            "older than 525",
            "ubuntu-drivers",
            s -> {
              s.distribution = "ubuntu debian";
              s.module = Optional.of("470.57");
              s.containers =
                  new Observed.Containers(
                      s.containers.engines(), s.containers.toolkit(), List.of("nvidia.com/gpu"));
              s.library =
                  new GpuLibrary(
                      Optional.empty(),
                      Optional.of("470.57"),
                      Optional.empty(),
                      Optional.empty(),
                      List.of());
            }),
        trouble(
            "device-nodes",
            Severity.FAILURE,
            "not all are there",
            "nvidia-modprobe",
            s -> s.nodes.removeLast()),
        trouble(
            "device-nodes",
            Severity.FAILURE,
            "may not read and write nvidia1",
            "usermod -aG video",
            s -> s.nodes.add(new Observed.Node("nvidia1", false, "video", true))),
        trouble(
            "device-nodes",
            Severity.FAILURE,
            "nvidia1",
            "chmod 0666",
            s -> s.nodes.add(new Observed.Node("nvidia1", false, "root", false))),
        trouble(
            "persistence",
            Severity.WARNING,
            "unloads the GPU",
            "nvidia-persistenced",
            s -> s.library = Scene.library(Scene.gpu(false, true, true, 0, false, false))),
        trouble(
            "ecc",
            Severity.WARNING,
            "ECC is off",
            "nvidia-smi -e 1 -i 0",
            s -> s.library = Scene.library(Scene.gpu(true, false, false, 0, false, false))),
        trouble(
            "ecc",
            Severity.WARNING,
            "will be off after",
            "reboot",
            s -> s.library = Scene.library(Scene.gpu(true, true, false, 0, false, false))),
        trouble(
            "ecc",
            Severity.FAILURE,
            "3 errors of memory",
            "--gpu-reset -i 0",
            s -> s.library = Scene.library(Scene.gpu(true, true, true, 3, false, false))),
        trouble(
            "ecc",
            Severity.WARNING,
            "at the next reset",
            "--gpu-reset",
            s -> s.library = Scene.library(Scene.gpu(true, true, true, 0, true, false))),
        trouble(
            "ecc",
            Severity.FAILURE,
            "worn out",
            "replaced",
            s -> s.library = Scene.library(Scene.gpu(true, true, true, 0, false, true))),
        trouble(
            "throttle",
            Severity.WARNING,
            "hardware thermal slowdown",
            "cooling",
            s ->
                s.library =
                    Scene.library(
                        Scene.gpu(
                            true,
                            true,
                            true,
                            0,
                            false,
                            false,
                            "idle",
                            "hardware thermal slowdown"))),
        trouble(
            "xid",
            Severity.FAILURE,
            "Xid 79 on PCI 0000:65:00, once: the GPU has fallen off the bus",
            "power cables",
            s ->
                s.kernelLog =
                    Scene.log(
                        "[12.3] NVRM: Xid (PCI:0000:65:00): 79, pid='<unknown>', GPU has fallen off the bus.")),
        trouble(
            "xid",
            Severity.INFORMATION,
            "Xid 13 on PCI 0000:01:00, 2 times",
            "the program",
            s ->
                s.kernelLog =
                    Scene.log(
                        "NVRM: Xid (PCI:0000:01:00): 13, x\nNVRM: Xid (PCI:0000:01:00): 13, y")),
        trouble(
            "xid",
            Severity.WARNING,
            "Xid 9999",
            "look 9999 up",
            s -> s.kernelLog = Scene.log("NVRM: Xid (PCI:0000:01:00): 9999, x")),
        trouble(
            "xid",
            Severity.WARNING,
            "cannot be read: Operation not permitted",
            "sudo assay doctor",
            s -> s.kernelLog = new Observed.KernelLog(Optional.empty(), "Operation not permitted")),
        trouble(
            "disk-errors",
            Severity.FAILURE,
            "2 errors",
            "smartctl",
            s ->
                s.kernelLog =
                    Scene.log(
                        "blk_update_request: I/O error, dev sda, sector 8\nEXT4-fs error (device sda1): x")),
        trouble(
            "containers",
            Severity.WARNING,
            "no GPU without",
            "nvidia-container-toolkit",
            s ->
                s.containers =
                    new Observed.Containers(List.of("podman"), Optional.empty(), List.of())),
        trouble(
            "containers",
            Severity.WARNING,
            "no file below /etc/cdi",
            "nvidia-ctk cdi generate",
            s ->
                s.containers =
                    new Observed.Containers(
                        List.of("podman"), Optional.of("1.16.2"), List.of("kind: other/device"))),
        trouble(
            "containers",
            Severity.FAILURE,
            "names another driver than 550.54.15",
            "nvidia-ctk cdi generate",
            s ->
                s.containers =
                    new Observed.Containers(
                        List.of("podman"),
                        Optional.of("1.16.2"),
                        List.of("nvidia.com/gpu libcuda.so.535.1"))),
        trouble(
            "clock",
            Severity.WARNING,
            "not set",
            "timedatectl set-ntp true",
            s -> s.clock = new Observed.Clock(Optional.of(false), "timedatectl")),
        trouble(
            "clock",
            Severity.INFORMATION,
            "Nothing here says",
            "",
            s -> s.clock = new Observed.Clock(Optional.empty(), "")),
        trouble(
            "control-groups",
            Severity.WARNING,
            "cpu, pids",
            "Delegate=yes",
            s -> s.controllers = Set.of("memory")),
        trouble(
            "disk",
            Severity.FAILURE,
            "0.1 GiB",
            "du -xh",
            s -> s.home = Scene.home(100L << 20, true, false, Scene.key(true, true), GOOD_LOG)),
        trouble(
            "disk",
            Severity.WARNING,
            "1.0 GiB",
            "du -xh",
            s -> s.home = Scene.home(1L << 30, true, false, Scene.key(true, true), GOOD_LOG)),
        trouble(
            "disk",
            Severity.FAILURE,
            "read-only",
            "dmesg",
            s -> s.home = Scene.home(1L << 40, false, true, Scene.key(true, true), GOOD_LOG)),
        trouble(
            "disk",
            Severity.FAILURE,
            "may not write",
            "chown",
            s -> s.home = Scene.home(1L << 40, false, false, Scene.key(true, true), GOOD_LOG)),
        trouble(
            "key",
            Severity.FAILURE,
            "Other users",
            "chmod 600 '/var/lib/assay/key.pem'",
            s -> s.home = Scene.home(1L << 40, true, false, Scene.key(false, true), GOOD_LOG)),
        trouble(
            "key",
            Severity.FAILURE,
            "another user",
            "chown",
            s -> s.home = Scene.home(1L << 40, true, false, Scene.key(true, false), GOOD_LOG)),
        trouble(
            "log",
            Severity.FAILURE,
            "no signature",
            "assay audit",
            s ->
                s.home =
                    Scene.home(
                        1L << 40,
                        true,
                        false,
                        Scene.key(true, true),
                        new Observed.Log.Bad("no signature"))),
        trouble(
            "coordinator",
            Severity.FAILURE,
            "no address",
            "resolvectl",
            s -> s.coordinator = new Reach.UnknownName()),
        trouble(
            "coordinator",
            Severity.FAILURE,
            "Connection refused",
            "firewall",
            s -> s.coordinator = new Reach.NoConnection("Connection refused")),
        trouble(
            "coordinator",
            Severity.FAILURE,
            "does not speak TLS 1.3",
            "proxy",
            s -> s.coordinator = new Reach.NoTls("Unsupported or unrecognized SSL message")),
        trouble(
            "coordinator",
            Severity.FAILURE,
            "Somebody else",
            "assay join",
            s -> s.coordinator = new Reach.OtherKey()),
        trouble(
            "coordinator",
            Severity.FAILURE,
            "damaged",
            "assay join",
            s -> s.coordinator = new Reach.Unreadable("coordinator.json is damaged")));
  }

  private static Arguments trouble(
      String check, Severity severity, String sentence, String mend, Consumer<Scene> change) {
    return Arguments.of(check, severity, sentence, mend, change);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("troubles")
  void whatIsWrongIsNamedWithWhatMendsIt(
      String check, Severity severity, String sentence, String mend, Consumer<Scene> change) {
    Scene scene = new Scene();
    change.accept(scene);

    List<Line> lines = scene.diagnosis();

    List<Line> wrong = lines.stream().filter(line -> line.severity() != Severity.OK).toList();
    assertThat(wrong)
        .anySatisfy(
            line -> {
              assertThat(line.check()).isEqualTo(check);
              assertThat(line.severity()).isEqualTo(severity);
              assertThat(line.sentence()).contains(sentence).endsWith(".");
              assertThat(line.mend().orElse("")).contains(mend);
            });
    assertThat(wrong).extracting(Line::check).as("nothing else is wrong").containsOnly(check);
    assertThat(Diagnosis.holds(lines)).isEqualTo(severity != Severity.FAILURE);
  }

  @Test
  void everyKnownXidHasAMeaningAndWhatToDo() {
    assertThat(Xid.values())
        .allSatisfy(
            xid -> {
              assertThat(xid.meaning()).isNotBlank();
              assertThat(xid.cure()).isNotBlank();
            });
    for (int number : new int[] {13, 31, 43, 45, 48, 62, 63, 64, 74, 79, 92, 94, 95, 119, 154}) {
      assertThat(Xid.of(number)).as("Xid %d", number).isPresent();
    }
  }
}
