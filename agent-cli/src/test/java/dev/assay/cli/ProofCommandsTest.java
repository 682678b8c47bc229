package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofCommandsTest {
  private static final Path VECTORS =
      Path.of("../agent-core/src/test/resources/vectors/proofs-v1.json");

  @TempDir Path home;

  @Test
  void theVectorsPass() {
    Invocation check = Invocation.of(home, "proof", "check", VECTORS.toString());

    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).contains("case 8 (").contains("pass").doesNotContain("fail");
    assertThat(check.err()).isEmpty();
  }

  @Test
  void aForgeryFailsAndItsFirstFailingCheckIsNamed() throws IOException {
    Path forged = home.resolve("forged.json");
    Files.writeString(
        forged,
        Files.readString(VECTORS)
            .replaceFirst("\"cases\"", "\"genuine\"")
            .replaceFirst("\"forgeries\"", "\"cases\""));

    Invocation check = Invocation.of(home, "proof", "check", forged.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err())
        .isEqualTo(
            "assay: " + forged + ", case 0 (memory-fill/1024/1/2) fails: check 0: pass 0.\n");
    assertThat(check.out()).contains("fail: check 1: cell");
  }

  @Test
  void whatIsNotAFileOfProofsIsBadInput() throws IOException {
    Path rubbish = Files.writeString(home.resolve("rubbish.json"), "{\"cases\": 3}");

    Invocation check = Invocation.of(home, "proof", "check", rubbish.toString());
    Invocation missing = Invocation.of(home, "proof", "check", home.resolve("none").toString());

    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("rubbish.json", "cases").hasLineCount(1);
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).isEqualTo("assay: There is no file " + home.resolve("none") + ".\n");
  }

  @Test
  void theSelfTestProvesEveryKindAndPrintsFigures() {
    Invocation prove = Invocation.of(home, "prove", "--memory", "4MiB");

    assertThat(prove.err()).startsWith("A new key was made").hasLineCount(1);
    assertThat(prove.exitCode()).isZero();
    assertThat(prove.out())
        .containsPattern("cpu:0 +memory-fill .*/s +pass")
        .containsPattern("cpu:0 +matmul .*OP/s +pass")
        .containsPattern("cpu:0 +hash-chain .*H/s +pass");
  }

  @Test
  void aSelfTestThatCannotBeIsRefusedBeforeAnyWork() {
    Invocation tooMuch = Invocation.of(home, "prove", "--memory", "900TiB");
    Invocation nobody = Invocation.of(home, "prove", "--device", "gpu:7");
    Invocation noSize = Invocation.of(home, "prove", "--memory", "lots");

    assertThat(tooMuch.exitCode()).isEqualTo(2);
    assertThat(tooMuch.err()).contains("989560464998400 bytes of memory", "are free on cpu:0");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err()).contains("gpu:7");
    assertThat(noSize.exitCode()).isEqualTo(2);
    assertThat(noSize.err()).contains("\"lots\" is not a size");
  }
}
