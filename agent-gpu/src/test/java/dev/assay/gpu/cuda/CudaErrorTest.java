package dev.assay.gpu.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CudaErrorTest {
  @ParameterizedTest
  @CsvSource({
    "2, OUT_OF_MEMORY, RETRY",
    "46, DEVICE_UNAVAILABLE, RETRY",
    "100, NO_DEVICE, FIX",
    "214, ECC_UNCORRECTABLE, STOP",
    "700, ILLEGAL_ADDRESS, STOP",
    "803, SYSTEM_DRIVER_MISMATCH, FIX",
    "999, UNKNOWN, STOP",
    "12345, OTHER, STOP"
  })
  void aCodeIsAnErrorWithARemedy(int code, CudaError error, Remedy remedy) {
    assertThat(CudaError.ofCode(code)).isEqualTo(error);
    assertThat(error.remedy()).isEqualTo(remedy);
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorSaysWhatItIsAndWhatToDo(CudaError error) {
    assertThat(error.meaning()).isNotBlank().doesNotEndWith(".");
    assertThat(error.advice()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void aMessageNamesThePlaceTheCallTheCodeAndTheRemedy() {
    assertThat(CudaException.ofCode("cuda:3", "cuMemAlloc", 2))
        .hasMessage(
            "cuda:3: the device has not enough free memory (cuMemAlloc: error 2); end what else"
                + " uses it (nvidia-smi lists the processes), or ask for less");
  }
}
