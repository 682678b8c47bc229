package dev.assay.bench;

import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark in a Java machine of its own. */
final class Jmh {
  private final boolean quick;

  /** A quick run measures once, after less warming up, and on smaller proofs. */
  Jmh(boolean quick) {
    this.quick = quick;
  }

  /** The mean score of the benchmark {@code type.method}, in its own unit. */
  double score(Class<?> type, String method) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .jvmArgs("-Xmx2g", "-XX:MaxDirectMemorySize=8g", "--enable-native-access=ALL-UNNAMED")
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 1 : 4)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(Path.of("target", "bench.log").toString());
    if (quick) {
      options.param("labels", Integer.toString(1 << 20));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.iterator().next().getPrimaryResult().getScore();
  }
}
