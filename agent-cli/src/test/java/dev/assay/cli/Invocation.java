package dev.assay.cli;

import dev.assay.cli.report.Style;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    return cli(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of());
  }

  static Invocation plain(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.run(cli(out, err, environment), args);
    return new Invocation(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Cli cli(
      ByteArrayOutputStream out, ByteArrayOutputStream err, Map<String, String> environment) {
    return cli(InputStream.nullInputStream(), out, err, environment);
  }

  static Cli cli(
      InputStream in,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      Map<String, String> environment) {
    return new Cli(in, out, err, StandardCharsets.UTF_8, Style.PLAIN, Style.PLAIN, environment);
  }
}
