package dev.assay.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module is assembled for every device that it may be loaded on. */
final class PtxAssemblyTest {
  private static final Path PTX = Path.of("src/main/resources/dev/assay/gpu/ptx");
  private static final Pattern NAME = Pattern.compile("\\w+\\.sm(\\d+)(a?)\\.ptx");
  private static final Pattern TARGET = Pattern.compile("sm_(\\d+)(a?)");

  static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.list(PTX)) {
      return files.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theAssemblerTakesItForEveryTargetThatItIsFor(Path module) throws Exception {
    String ptx = Files.readString(module);
    List<String> targets = Assembler.TARGETS.stream().filter(t -> isFor(module, t)).toList();

    assertThat(targets).isNotEmpty();
    // The assembler does one at a time in a thread, and several side by side.
    assertThat(targets.parallelStream().map(t -> t + Assembler.errors(ptx, t)))
        .containsExactlyElementsOf(targets);
  }

  @Test
  void theAssemblerSaysWhatItDoesNotTake() {
    String ptx = ".version 7.0\n.target sm_80\n.address_size 64\n.entry f() { nonsense; }\n";

    assertThat(Assembler.errors(ptx, "sm_80")).contains("nonsense");
  }

  /** What is for one generation alone, marked {@code a}, runs on no other. */
  private static boolean isFor(Path module, String target) {
    Matcher name = match(NAME, module.getFileName().toString());
    Matcher device = match(TARGET, target);
    int needed = Integer.parseInt(name.group(1));
    int capability = Integer.parseInt(device.group(1));
    return name.group(2).isEmpty()
        ? capability >= needed
        : capability == needed && !device.group(2).isEmpty();
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.matches()).as(text).isTrue();
    return matcher;
  }
}
