package dev.assay.gpu.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.emulator.Emulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CudaContextTest {
  /** Devices before Ampere answer 215, CUDA_ERROR_UNSUPPORTED_LIMIT. */
  @ParameterizedTest
  @ValueSource(strings = {"", "fail=cuCtxSetLimit:1:215"})
  void aHintThatADeviceRefusesIsNoFailure(String lie) throws Exception {
    long free =
        Emulator.use(
            "mem=1M;" + lie,
            context -> {
              context.preferFetches(64);
              return context.memory().free();
            });

    assertThat(free).isEqualTo(1 << 20);
  }
}
