package dev.assay.cli;

import dev.assay.cli.report.Style;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What every command of one invocation shares. */
final class Cli {
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Style style;
  private final Map<String, String> environment;
  private Optional<Path> home = Optional.empty();
  private boolean debug;

  /**
   * @param out takes results
   * @param err takes errors and progress
   * @param style how results may be drawn there
   */
  Cli(
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      Style style,
      Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.style = style;
    this.environment = Map.copyOf(environment);
    this.debug = environment.containsKey("ASSAY_DEBUG");
  }

  InputStream in() {
    return in;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  Style style() {
    return style;
  }

  Map<String, String> environment() {
    return environment;
  }

  InstantSource clock() {
    return InstantSource.system();
  }

  Home home() {
    return Home.locate(home, environment, System::getProperty);
  }

  void useHome(Path directory) {
    home = Optional.of(directory);
  }

  /** Whether a failure shows where in the program it came from. */
  boolean debug() {
    return debug;
  }

  void useDebug(boolean on) {
    debug |= on;
  }
}
