package dev.assay.gpu.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a driver is a state with a sentence. */
class DriverStateTest {
  private static final Limits SHORT =
      new Limits(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  @TempDir Path directory;

  @Test
  void aWorkingDriverListsItsDevicesWithAllThatItSaysOfThem() throws Exception {
    Emulator.configure(
        "devices=2;name=NVIDIA A100-SXM4-80GB;cc=8.0;sms=108;mem=80G;driver=12040;pci=0000:3B:00.0;"
            + "uuid=00112233445566778899aabbccddeeff;1.name=Tesla T4;1.cc=7.5");

    DriverState state = Driver.open();

    assertThat(state.sentence())
        .isEqualTo("The NVIDIA driver supports CUDA 12.4 and lists 2 devices.");
    assertThat(state.usable()).hasSize(2);
    DeviceFacts facts = state.usable().getFirst().facts();
    assertThat(facts.id()).isEqualTo("cuda:0");
    assertThat(facts.name()).isEqualTo("NVIDIA A100-SXM4-80GB");
    assertThat(facts.uuid()).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(facts.pciBusId()).isEqualTo("0000:3b:00.0");
    assertThat(facts.capability()).isEqualTo(new ComputeCapability(8, 0));
    assertThat(facts.multiprocessors()).isEqualTo(108);
    assertThat(facts.totalBytes()).isEqualTo(80L << 30);
    assertThat(facts.driver()).hasToString("12.4");
    assertThat(((DriverState.Ready) state).devices().get(1).sentence())
        .isEqualTo("cuda:1 is a Tesla T4 of compute capability 7.5.");
  }

  @Test
  void aHostWithoutDevicesSaysWhereToLook() throws Exception {
    Emulator.configure("devices=0");

    assertThat(Driver.open()).isInstanceOf(DriverState.NoDevice.class);
    assertThat(Driver.open().sentence())
        .startsWith("NVIDIA driver: the driver sees no device")
        .contains("nvidia-smi", "CUDA_VISIBLE_DEVICES", "container");
  }

  @Test
  void aDriverThatIsTooOldNamesTheOneThatIsNeeded() throws Exception {
    Emulator.configure("driver=11080");

    assertThat(Driver.open()).isInstanceOf(DriverState.TooOld.class);
    assertThat(Driver.open().sentence())
        .isEqualTo(
            "The NVIDIA driver supports CUDA 11.8; Assay needs 12.0: install driver 525 or newer.");
  }

  @Test
  void aDeviceThatIsTooOldIsListedAndNotUsed() throws Exception {
    Emulator.configure("devices=2;0.name=Tesla P100;0.cc=6.0");

    DriverState state = Driver.open();

    assertThat(state.usable()).extracting(CudaDevice::id).containsExactly("cuda:1");
    assertThat(((DriverState.Ready) state).devices().getFirst().sentence())
        .isEqualTo(
            "cuda:0 is a Tesla P100 of compute capability 6.0; Assay supports 7.0 and later, so it"
                + " is not used.");
  }

  @ParameterizedTest
  @CsvSource({
    "803, restart the host",
    "802, nvidia-fabricmanager",
    "804, cuda-compat",
    "304, /dev/nvidia*",
    "999, dmesg",
    "34, stubs"
  })
  void aDriverThatDoesNotStartSaysWhatToDo(int code, String advice) throws Exception {
    Emulator.configure("fail=cuInit:1:" + code);

    DriverState state = Driver.open();

    assertThat(state).isInstanceOf(DriverState.Failed.class);
    assertThat(state.sentence()).contains(advice).endsWith(".");
  }

  @Test
  void aDeviceThatIsNotDescribedDoesNotHideTheOthers() throws Exception {
    Emulator.configure("devices=2;fail=cuDeviceGetName:1:999");

    DriverState state = Driver.open();

    assertThat(state.usable()).extracting(CudaDevice::id).containsExactly("cuda:1");
    assertThat(((DriverState.Ready) state).devices().getFirst())
        .isInstanceOf(DeviceState.Unreadable.class);
  }

  @Test
  void aDriverThatHangsIsLeft() throws Exception {
    Emulator.configure("hang=cuDeviceGetCount:1");

    DriverState state = Driver.open(SHORT);

    assertThat(state).isInstanceOf(DriverState.Failed.class);
    assertThat(state.sentence()).contains("does not answer", "cuDeviceGetCount", "dmesg");
  }

  /** In a process of its own, since one that has met a driver keeps it. */
  @Test
  void aLibraryThatIsNoneIsASentence() throws Exception {
    Files.writeString(directory.resolve("libcuda.so.1"), "no library at all");

    assertThat(openInAnotherProcess(directory))
        .startsWith("NoDriver: The NVIDIA driver cannot be loaded (")
        .contains("libcuda.so.1")
        .doesNotContain("Exception", "\tat ");
    assertThat(directory).isDirectoryNotContaining("glob:**assay*");
  }

  @Test
  void aHostWithNoDriverSaysSoAsOftenAsItIsAsked() throws Exception {
    String answer = openInAnotherProcess(Path.of(""));

    if (!answer.startsWith("Ready")) {
      assertThat(answer).startsWith("NoDriver: There is no NVIDIA driver on this host");
    }
    assertThat(answer).doesNotContain("Exception", "\tat ");
  }

  private String openInAnotherProcess(Path libraries) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName()));
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  /** Asks twice. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) throws InterruptedException {
      DriverState state = Driver.open();
      System.out.println(state.getClass().getSimpleName() + ": " + state.sentence());
      System.out.println(Driver.open().sentence());
    }
  }
}
