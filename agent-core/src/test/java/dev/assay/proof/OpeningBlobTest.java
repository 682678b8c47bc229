package dev.assay.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OpeningBlobTest {
  private static final Proof PROOF = new MemoryFill(1024, 2, 4);

  @Test
  void readsTheVectorAndWritesTheSameBytes() throws IOException {
    byte[] blob = vector();
    Opening opening = OpeningBlob.decode(blob, PROOF);
    assertThat(opening.checks()).hasSize(4).allSatisfy(check -> assertThat(check).hasSize(5));
    assertThat(OpeningBlob.encode(opening)).isEqualTo(blob);
  }

  @Test
  void refusesEveryPrefixAndAnyByteMore() throws IOException {
    byte[] blob = vector();
    for (int length = 0; length < blob.length; length += length < 64 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(blob, length);
      assertThatThrownBy(() -> OpeningBlob.decode(cut, PROOF)).isInstanceOf(ProofException.class);
    }
    byte[] longer = Arrays.copyOf(blob, blob.length + 1);
    assertThatThrownBy(() -> OpeningBlob.decode(longer, PROOF)).isInstanceOf(ProofException.class);
  }

  @Test
  void whateverByteIsChangedItIsRefusedOrAnotherOpening() throws IOException {
    byte[] blob = vector();
    Opening opening = OpeningBlob.decode(blob, PROOF);
    for (int at = 0; at < blob.length; at += at < 64 ? 1 : 31) {
      byte[] changed = blob.clone();
      changed[at] ^= 1;
      try {
        assertThat(OpeningBlob.decode(changed, PROOF)).isNotEqualTo(opening);
      } catch (ProofException refused) {
        assertThat(refused).hasMessageContaining("opening");
      }
    }
  }

  @Test
  void refusesALengthThatIsNotInItsShortestForm() {
    byte[] longForm = {(byte) 0xb8, 1};
    assertThatThrownBy(() -> OpeningBlob.decode(longForm, PROOF))
        .hasMessageContaining("deterministic CBOR");
  }

  private static byte[] vector() throws IOException {
    try (InputStream in =
        OpeningBlobTest.class.getResourceAsStream("/vectors/tokens-v1/opening.cbor")) {
      return in.readAllBytes();
    }
  }
}
