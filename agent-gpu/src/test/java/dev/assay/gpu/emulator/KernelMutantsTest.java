package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaError;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.proof.Blake3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each barrier and each wait of the kernels is needed, and the tests of the kernels notice when it
 * is not there: without it, what they compare comes out different.
 */
final class KernelMutantsTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Pattern SITE =
      Pattern.compile("(?:BLOCK_BARRIER|WARP_BARRIER|WAIT_FOR_GROUPS|WAIT_FOR_PRODUCTS)\\((\\w+)");
  private static final int LABELS = 3 * 1024;
  private static final int N = 640;

  private static final Check FILL =
      context -> same(FillKernelsTest.image(context, LABELS), FillKernelsTest.expected(LABELS));
  private static final Check TREE =
      context -> TreeKernelsTest.blocksRoot(context).equals(Blake3.hash(TreeKernelsTest.DATA));

  /** By source, what is left out and the check that notices. */
  private static final Map<String, Map<String, Check>> MUTANTS =
      Map.of(
          "proof.cu",
          Map.of(
              "first_labels_in_tile", FILL,
              "parents_in_tile", FILL,
              "parents_taken", FILL,
              "sums_in_tile", FILL,
              "labels_in_tile", FILL,
              "level_written", TREE,
              "level_read", TREE),
          "matmul_sm70.cu",
          Map.of("first_step_written", matmul("sm70"), "next_step_written", matmul("sm70")),
          "matmul_sm75.cu",
          Map.of("first_step_written", matmul("sm75"), "next_step_written", matmul("sm75")),
          "matmul_sm80.cu",
          Map.of("step_landed", matmul("sm80"), "step_landed_for_all", matmul("sm80")),
          "matmul_sm90a.cu",
          Map.of(
              "step_landed", matmul("sm90a"),
              "step_landed_for_all", matmul("sm90a"),
              "last_step_multiplied", matmul("sm90a"),
              "all_multiplied", matmul("sm90a")));

  static Stream<ArgumentSet> mutants() {
    return MUTANTS.entrySet().stream()
        .flatMap(
            source ->
                source.getValue().entrySet().stream()
                    .map(
                        mutant ->
                            argumentSet(
                                source.getKey() + " without " + mutant.getKey(),
                                mutant.getKey(),
                                mutant.getValue())));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void theResultIsWrong(String mutant, Check check) throws Exception {
    assertThat(isRight("cc=9.0;mutant=" + mutant, check)).isFalse();
    assertThat(isRight("cc=9.0", check)).isTrue();
  }

  /** Parents that were never written may also lie outside all memory. */
  private static boolean isRight(String settings, Check check) throws InterruptedException {
    try {
      return Emulator.use(settings, check::isRight);
    } catch (CudaException e) {
      assertThat(e.error()).isEqualTo(CudaError.ILLEGAL_ADDRESS);
      return false;
    }
  }

  @Test
  void everyBarrierOfTheProofsHasItsMutant() throws Exception {
    for (Map.Entry<String, Map<String, Check>> source : MUTANTS.entrySet()) {
      assertThat(source.getValue().keySet()).isEqualTo(sites(source.getKey()));
    }
    for (String module : List.of("proof", "matmul")) {
      assertThat(sources(module)).isSubsetOf(MUTANTS.keySet());
    }
  }

  @FunctionalInterface
  interface Check {
    boolean isRight(CudaContext context) throws CudaException, InterruptedException;
  }

  private static Check matmul(String target) {
    long[] expected = MatmulKernelsTest.expected(N);
    return context -> {
      long[] cells = MatmulKernelsTest.cells(context, target, N);
      return Arrays.equals(cells, expected);
    };
  }

  private static boolean same(byte[] one, byte[] other) {
    return Arrays.equals(one, other);
  }

  private static Set<String> sites(String source) throws IOException {
    Set<String> sites = new TreeSet<>();
    Matcher matcher = SITE.matcher(Files.readString(SOURCES.resolve(source)));
    while (matcher.find()) {
      sites.add(matcher.group(1));
    }
    return sites;
  }

  /** The sources of a module's variants. */
  private static List<String> sources(String module) throws IOException {
    return Files.readAllLines(SOURCES.resolve("modules")).stream()
        .filter(line -> line.startsWith(module + " "))
        .map(line -> line.split(" +", -1)[1])
        .toList();
  }
}
