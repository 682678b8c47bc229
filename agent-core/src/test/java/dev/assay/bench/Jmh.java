package dev.assay.bench;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one benchmark in a Java machine of its own. */
final class Jmh {
  private final boolean quick;

  /** A quick run repeats less, and takes a smaller image where it can. */
  Jmh(boolean quick) {
    this.quick = quick;
  }

  /** How many times a yardstick runs before, and again after, a benchmark. */
  int yardstickRuns() {
    return quick ? 1 : 2;
  }

  /**
   * The best iteration of the benchmark {@code type.method}, in its own unit: whatever else the
   * machine does can only make one slower.
   */
  double score(Class<?> type, String method) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .jvmArgs(
                "-Xmx2g",
                "-XX:MaxDirectMemorySize=8g",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector")
            .warmupIterations(6)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 2 : 4)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(Path.of("target", "bench.log").toString());
    if (quick) {
      options.param("labels", Integer.toString(1 << 20));
    }
    RunResult result = new Runner(options.build()).run().iterator().next();
    Statistics iterations = result.getPrimaryResult().getStatistics();
    boolean isRate = result.getParams().getMode() == Mode.Throughput;
    return isRate ? iterations.getMax() : iterations.getMin();
  }
}
