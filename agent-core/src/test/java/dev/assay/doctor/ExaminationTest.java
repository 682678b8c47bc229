package dev.assay.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Component;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.log.Checkpoint;
import dev.assay.log.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
  @TempDir Path root;
  private Path home;

  /** Programs and what they print; any other is missing. */
  private final Map<String, Commands.Output> programs = new HashMap<>();

  @BeforeEach
  void aHome() throws IOException {
    home = Files.createDirectories(root.resolve("home"));
  }

  private Observed observe() {
    PlatformFacts facts =
        new PlatformFacts(
            List.of(
                new Component(
                    "cgroup",
                    Component.Kind.CGROUP,
                    Map.of(
                        "writableControllers",
                        new Reading.Texts(List.of("cpu", "pids"), Source.SYSFS)))),
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    return new Examination(
            root,
            command -> programs.getOrDefault(command[0], new Commands.Output.Missing()),
            () -> GpuLibrary.none("none"))
        .observe(
            facts,
            new HomeExamination(
                home,
                home.resolve("key.pem"),
                home.resolve("id.jwk"),
                home.resolve("log"),
                owner()),
            Examination.Joined.NOBODY);
  }

  private long owner() {
    try {
      return Integer.toUnsignedLong((int) Files.getAttribute(home, "unix:uid"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void prints(String program, String text) {
    programs.put(program, new Commands.Output.Ran(0, text));
  }

  @Test
  void aGpuHostIsReadFromItsTree() throws Exception {
    file(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build\n");
    file("proc/modules", "nvidia_uvm 1 0 - Live\nnvidia 1 1 nvidia_uvm, Live\n");
    file("etc/os-release", "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n");
    file("sys/bus/pci/devices/0000:65:00.0/vendor", "0x10de\n");
    file("sys/bus/pci/devices/0000:65:00.0/class", "0x030200\n");
    file("sys/bus/pci/devices/0000:65:00.0/driver/module/name", "nvidia\n");
    file("sys/bus/pci/devices/0000:65:00.1/vendor", "0x10de\n");
    file("sys/bus/pci/devices/0000:65:00.1/class", "0x040300\n");
    file("dev/nvidia0", "");
    file("dev/nvidiactl", "");
    file("dev/nvidia-uvm", "");
    file("dev/null", "");
    file("etc/cdi/nvidia.yaml", "kind: nvidia.com/gpu");
    prints("dmesg", "NVRM: Xid (PCI:0000:65:00): 31, pid=1");
    prints("docker", "Docker version 27.0.1, build x");
    prints("nvidia-ctk", "NVIDIA Container Toolkit CLI version 1.16.2\ncommit: x\n");
    prints("timedatectl", "no\n");

    Observed observed = observe();

    assertThat(observed.driver().version()).contains("550.54.15");
    assertThat(observed.driver().distribution()).isEqualTo("ubuntu debian");
    assertThat(observed.driver().modules()).containsExactlyInAnyOrder("nvidia", "nvidia_uvm");
    assertThat(observed.driver().pciGpus()).containsExactly("nvidia");
    assertThat(observed.driver().nodes())
        .extracting(Observed.Node::name)
        .containsExactly("nvidia-uvm", "nvidia0", "nvidiactl");
    assertThat(observed.kernelLog().text().orElseThrow()).contains("Xid");
    assertThat(observed.containers())
        .isEqualTo(
            new Observed.Containers(
                List.of("docker"), Optional.of("1.16.2"), List.of("kind: nvidia.com/gpu")));
    assertThat(observed.clock()).isEqualTo(new Observed.Clock(Optional.of(false), "timedatectl"));
    assertThat(observed.writableControllers()).containsExactlyInAnyOrder("cpu", "pids");
    assertThat(observed.hasGpu()).isTrue();
  }

  @Test
  void anEmptyHostIsReadToo() {
    Observed observed = observe();

    assertThat(observed.hasGpu()).isFalse();
    assertThat(observed.driver().version()).isEmpty();
    assertThat(observed.kernelLog().text()).isEmpty();
    assertThat(observed.kernelLog().reason()).contains("neither dmesg nor journalctl");
    assertThat(observed.clock().synchronised()).isEmpty();
    assertThat(observed.home().key().exists()).isFalse();
    assertThat(observed.home().log()).isEqualTo(new Observed.Log.None());
    assertThat(observed.coordinator()).isEqualTo(new Reach.NotJoined());
  }

  @Test
  void theJournalStandsInForAKernelLogThatIsClosed() throws Exception {
    programs.put(
        "dmesg", new Commands.Output.Ran(1, "dmesg: read kernel buffer failed: not permitted"));
    assertThat(observe().kernelLog().reason()).contains("not permitted");

    prints("journalctl", "NVRM: loading");
    assertThat(observe().kernelLog().text()).contains("NVRM: loading");
    prints("chronyc", "Stratum : 3\nLeap status     : Normal\n");
    assertThat(observe().clock()).isEqualTo(new Observed.Clock(Optional.of(true), "chronyc"));
  }

  @Test
  void keyAndLogOfTheHomeAreLookedAt() throws Exception {
    SigningKey signer = SigningKey.generate(new SecureRandom());
    Files.writeString(home.resolve("key.pem"), "never read");
    Files.setPosixFilePermissions(
        home.resolve("key.pem"), PosixFilePermissions.fromString("rw-r-----"));
    Files.writeString(home.resolve("id.jwk"), signer.publicKey().jwk());
    Files.createDirectories(home.resolve("log"));
    Path checkpoint = home.resolve("log/checkpoint");
    Files.write(checkpoint, signed(signer));

    Observed.HomeState read = observe().home();
    assertThat(read.key()).isEqualTo(new Observed.Key(true, false, true));
    assertThat(read.log()).isEqualTo(new Observed.Log.Good(0));
    assertThat(read.freeBytes().orElseThrow()).isPositive();

    PublicKey other = SigningKey.generate(new SecureRandom()).publicKey();
    Files.writeString(home.resolve("id.jwk"), other.jwk());
    assertThat(observe().home().log()).isInstanceOf(Observed.Log.Bad.class);
    Files.writeString(checkpoint, "torn");
    assertThat(observe().home().log()).isInstanceOf(Observed.Log.Bad.class);
  }

  private static byte[] signed(SigningKey key) {
    String origin = "assay.dev/node/" + key.id();
    return new Checkpoint(origin, TreeHead.EMPTY).sign(key).bytes();
  }

  @Test
  void aReadOnlyMountIsSeen() throws Exception {
    file(
        "proc/self/mountinfo",
        "1 0 8:1 / / rw - ext4 x rw\n2 1 8:2 / " + root + " ro,relatime - ext4 y rw\n");

    assertThat(observe().home().readOnly()).isTrue();
  }

  @Test
  void aProgramHasATimeLimitAndNoShell() {
    Commands quick = new HostCommands(Duration.ofMillis(300));

    assertThat(quick.run("sleep", "20"))
        .isEqualTo(new Commands.Output.Failed("no end within 300 ms"));
    assertThat(quick.run("no-such-program-here")).isInstanceOf(Commands.Output.Missing.class);
    assertThat(quick.run("echo", "$HOME; true"))
        .isEqualTo(new Commands.Output.Ran(0, "$HOME; true\n"));
    assertThat(quick.run("false").good()).isEmpty();
    assertThat(new HostCommands(Duration.ofSeconds(20)).run("seq", "2000000"))
        .isInstanceOfSatisfying(
            Commands.Output.Ran.class,
            ran -> assertThat(ran.text()).endsWith("2000000\n").hasSizeLessThan(5 << 20));
  }
}
