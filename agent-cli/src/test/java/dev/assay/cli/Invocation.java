package dev.assay.cli;

import dev.assay.cli.report.Style;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of the command line inside this process, and what a user would have seen of it. */
record Invocation(int exitCode, String out, String err) {
  /** Runs {@code assay --home HOME ARGS…}. */
  static Invocation of(Path home, String... args) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    all.addAll(List.of(args));
    return plain(Map.of(), all.toArray(String[]::new));
  }

  /** For looking at the commands without running one. */
  static Cli silent() {
    return cli(new StringWriter(), new StringWriter(), Map.of());
  }

  static Invocation plain(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(cli(out, err, environment), args);
    return new Invocation(exitCode, out.toString(), err.toString());
  }

  static Cli cli(StringWriter out, StringWriter err, Map<String, String> environment) {
    return new Cli(
        InputStream.nullInputStream(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Style.PLAIN,
        Style.PLAIN,
        environment);
  }
}
