package dev.assay.cli;

import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Style;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** The entry point of {@code assay}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Charset charset = charset(environment);
    Cli cli =
        new Cli(
            System.in,
            System.out,
            System.err,
            charset,
            Style.of(environment, isTerminal(1), charset),
            Style.of(environment, isTerminal(2), charset),
            environment);
    System.exit(run(cli, args));
  }

  /** Runs one command; never throws. */
  static int run(Cli cli, String... args) {
    int exitCode;
    try {
      exitCode = commandLine(cli).execute(args);
    } catch (OutOfMemoryError e) {
      cli.err()
          .println(
              "assay: Java's heap of "
                  + Quantity.bytes(Runtime.getRuntime().maxMemory())
                  + " is too small for this: give it more with JAVA_OPTS=-Xmx2g.");
      exitCode = ExitCode.FAULT;
    }
    cli.out().flush();
    cli.err().flush();
    return exitCode;
  }

  static CommandLine commandLine(Cli cli) {
    Failures failures = new Failures(cli);
    return new CommandLine(AssayCommand.class, new CommandFactory(cli))
        .setOut(cli.out())
        .setErr(cli.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                cli.style().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Java's console does not tell a terminal from a file; where Linux does not either, plain. */
  private static boolean isTerminal(int descriptor) {
    Path output = Path.of("/proc/self/fd/" + descriptor);
    try {
      return Files.readSymbolicLink(output).toString().matches("/dev/(pts/|tty|console).*");
    } catch (IOException e) {
      return false;
    }
  }

  /** Java takes ASCII where no locale is set; terminals of today still read UTF-8 then. */
  private static Charset charset(Map<String, String> environment) {
    String locale =
        environment.getOrDefault(
            "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
    return locale.isEmpty() ? StandardCharsets.UTF_8 : Charset.defaultCharset();
  }
}
