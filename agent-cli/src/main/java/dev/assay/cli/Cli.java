package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.report.Style;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What every command of one invocation shares. */
final class Cli {
  private final InputStream in;
  private final OutputStream outBytes;
  private final OutputStream errBytes;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Style style;
  private final Style errorStyle;
  private final Map<String, String> environment;
  private Optional<Path> home = Optional.empty();
  private Optional<Path> passphraseFile = Optional.empty();
  private Optional<DriverState> gpuDriver = Optional.empty();
  private boolean debug;

  /**
   * @param out takes results
   * @param err takes errors and progress
   * @param charset how text is written to both
   * @param style how results may be drawn on {@code out}
   * @param errorStyle the same of {@code err}
   */
  Cli(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Charset charset,
      Style style,
      Style errorStyle,
      Map<String, String> environment) {
    this.in = in;
    this.outBytes = out;
    this.errBytes = err;
    this.out = new PrintWriter(new OutputStreamWriter(out, charset), true);
    this.err = new PrintWriter(new OutputStreamWriter(err, charset), true);
    this.style = style;
    this.errorStyle = errorStyle;
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

  /** Where {@link #out} writes to, for bytes that are not ours; flush before the two are mixed. */
  OutputStream outBytes() {
    return outBytes;
  }

  /** The same of {@link #err}. */
  OutputStream errBytes() {
    return errBytes;
  }

  Style style() {
    return style;
  }

  Style errorStyle() {
    return errorStyle;
  }

  Map<String, String> environment() {
    return environment;
  }

  InstantSource clock() {
    return InstantSource.system();
  }

  /** The CUDA driver as this process found it when it first asked, with its devices if any. */
  synchronized DriverState gpuDriver() throws InterruptedException {
    if (gpuDriver.isEmpty()) {
      gpuDriver = Optional.of(Driver.open());
    }
    return gpuDriver.get();
  }

  Home home() {
    Home located = Home.locate(home, environment, System::getProperty);
    if (Files.isRegularFile(located.directory())) {
      throw new IllegalArgumentException(
          located.directory() + " is a file, not a directory: name another --home.");
    }
    return located;
  }

  void useHome(Path directory) {
    home = Optional.of(directory);
  }

  /** The home's key and certificate, made if there is none. */
  Identity identity() throws IOException {
    Identity identity =
        Identity.loadOrCreate(home(), passphrase(), new SecureRandom(), clock().instant());
    if (identity.created()) {
      err.println("A new key was made: " + home().key());
    }
    return identity;
  }

  /** The owner's settings for this home. */
  Configuration configuration() throws IOException {
    return Configuration.load(home().settings());
  }

  void usePassphraseFile(Path file) {
    passphraseFile = Optional.of(file);
  }

  /** The first line of the file named for it; a variable or an option would show it to others. */
  private Optional<char[]> passphrase() throws IOException {
    Optional<Path> file =
        passphraseFile.or(
            () -> Optional.ofNullable(environment.get("ASSAY_PASSPHRASE_FILE")).map(Path::of));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String first = Files.readString(file.get()).lines().findFirst().orElse("");
    if (first.isEmpty()) {
      throw new IllegalArgumentException(
          "The passphrase file " + file.get() + " has an empty first line.");
    }
    return Optional.of(first.toCharArray());
  }

  /** Whether a failure shows where in the program it came from. */
  boolean debug() {
    return debug;
  }

  void useDebug(boolean on) {
    debug |= on;
  }
}
