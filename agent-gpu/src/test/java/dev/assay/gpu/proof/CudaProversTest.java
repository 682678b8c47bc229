package dev.assay.gpu.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.emulator.Emulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaProversTest {
  @Test
  void everyUsableDeviceHasAProver() throws Exception {
    CudaProvers found = found("devices=3");

    assertThat(found.provers())
        .extracting(CudaProver::device)
        .containsExactly("cuda:0", "cuda:1", "cuda:2");
    assertThat(found.notes()).isEmpty();
  }

  /** The lie: one device under two numbers. The check: the UUID. */
  @Test
  void aDeviceThatIsListedTwiceProvesOnce() throws Exception {
    CudaProvers found = found("devices=2;uuid=00112233445566778899aabbccddeeff");

    assertThat(found.provers()).extracting(CudaProver::device).containsExactly("cuda:0");
    assertThat(found.notes())
        .containsExactly(
            "cuda:1 is the same device as cuda:0 (GPU-00112233-4455-6677-8899-aabbccddeeff), so it"
                + " is not offered again.");
  }

  @Test
  void anUnsupportedDeviceIsANote() throws Exception {
    CudaProvers found = found("devices=2;0.name=Tesla P100;0.cc=6.0");

    assertThat(found.provers()).extracting(CudaProver::device).containsExactly("cuda:1");
    assertThat(found.notes()).singleElement().asString().contains("cuda:0 is a Tesla P100");
  }

  @Test
  void aDeviceThatCannotLoadTheKernelsIsANoteWithItsRemedy() throws Exception {
    CudaProvers found = found("devices=2;fail=cuModuleLoadData:1:221");

    assertThat(found.provers()).extracting(CudaProver::device).containsExactly("cuda:1");
    assertThat(found.notes())
        .singleElement()
        .asString()
        .contains(
            "cuda:0: the driver's kernel compiler is missing", "libnvidia-ptxjitcompiler.so.1")
        .endsWith("It is not offered until the agent starts anew.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"devices=0", "driver=11000"})
  void aDriverWithoutDevicesIsOneNote(String settings) throws Exception {
    CudaProvers found = found(settings);

    assertThat(found.provers()).isEmpty();
    assertThat(found.notes()).containsExactly(Driver.open().sentence());
  }

  private static CudaProvers found(String settings) throws InterruptedException {
    Emulator.configure("mem=4M;" + settings);
    return CudaProvers.of(Driver.open());
  }
}
