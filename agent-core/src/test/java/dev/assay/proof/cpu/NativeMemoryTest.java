package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryTest {
  private static final int PART = 1 << 20;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partsAreZeroAndBeginWithACacheLine(boolean preferForeign) {
    try (NativeMemory memory = new NativeMemory(preferForeign)) {
      ByteBuffer part = memory.allocate(PART);

      assertThat(part.capacity()).isGreaterThanOrEqualTo(PART);
      assertThat(part.alignmentOffset(0, 64)).isZero();
      assertThat(part.get(0)).isZero();
      assertThat(part.get(PART - 1)).isZero();
    }
  }

  @Test
  void closingGivesThePartsBackAtOnce() {
    NativeMemory memory = new NativeMemory();
    ByteBuffer part = memory.allocate(PART);

    memory.close();

    if (Runtime.version().feature() >= 22) {
      assertThatThrownBy(() -> part.get(0)).isInstanceOf(IllegalStateException.class);
    } else {
      // Direct buffers stay readable until the collector has found that nobody holds them.
      assertThat(part.get(0)).isZero();
    }
  }
}
