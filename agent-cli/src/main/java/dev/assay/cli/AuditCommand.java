package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.audit.Audit;
import dev.assay.audit.AuditReport;
import dev.assay.audit.KeyRing;
import dev.assay.cli.report.AuditText;
import dev.assay.cli.report.ProgressLine;
import dev.assay.crypto.PublicKey;
import dev.assay.json.StrictJson;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.source.HttpSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay audit}. */
@Command(
    name = "audit",
    description = {
      "Replay logs and say whether they hold: the tree, checkpoints and cosignatures, every token's"
          + " signature and place, nonces, deadlines, and every opening, recomputed.",
      "It needs no GPU and takes nobody's word. The exit code is 0 only if all hold."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay audit node/log --key coordinator/id.jwk",
      "  assay audit https://node.example/log --key ID=coordinator.jwk --json",
      "  assay audit node/log coordinator/log       and hold them against each other"
    })
final class AuditCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|URL",
      description = "A log's directory, a home that has one in log/, or a web address.")
  private List<String> places = List.of();

  @Option(
      names = "--key",
      paramLabel = "[ID=]JWK",
      description = {
        "Public key of a challenger, a witness or the log's own: a file, or the JSON itself. With"
            + " ID, it must be the key of that id. May be given several times. A log's id.jwk is"
            + " read by itself."
      })
  private List<String> keys = List.of();

  @Option(names = "--json", description = "Print the whole report as JSON.")
  private boolean json;

  AuditCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    List<PublicKey> given = new ArrayList<>();
    for (String key : keys) {
      given.add(KeyOption.read(key));
    }
    for (String place : places) {
      ownKey(place, given);
    }
    List<AuditReport> reports = audit(new KeyRing(given));
    if (json) {
      cli.out().println(StrictJson.pretty(json(reports)));
    } else {
      reports.forEach(report -> cli.out().print(AuditText.of(report, cli.style())));
    }
    return reports.stream().allMatch(AuditReport::holds) ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<AuditReport> audit(KeyRing ring) throws IOException, CommandException {
    List<Audit.Place> logs = new ArrayList<>();
    List<HttpSource> web = new ArrayList<>();
    try (ProgressLine line = new ProgressLine(cli.err(), cli.errorStyle(), "replaying")) {
      for (String place : places) {
        if (isWeb(place)) {
          web.add(new HttpSource(address(place)));
          logs.add(new Audit.Place(place, web.getLast()));
        } else {
          logs.add(new Audit.Place(place, new DirectorySource(directory(place))));
        }
      }
      return new Audit(ring, Runtime.getRuntime().availableProcessors(), line::at).run(logs);
    } finally {
      web.forEach(HttpSource::close);
    }
  }

  /**
   * A log that is given brings its own key along, for itself and for what it signed in the other
   * logs.
   */
  private static void ownKey(String place, List<PublicKey> given)
      throws CommandException, IOException {
    if (isWeb(place)) {
      return;
    }
    Path log = directory(place);
    for (Path file : List.of(log.resolve("id.jwk"), log.resolveSibling("id.jwk"))) {
      if (Files.isRegularFile(file)) {
        addReadable(Files.readAllBytes(file), given);
      }
    }
  }

  /** The audit reads a log's own key file again, and reports one that is damaged as a finding. */
  private static void addReadable(byte[] jwk, List<PublicKey> given) {
    try {
      given.add(PublicKey.ofJwk(jwk));
    } catch (IllegalArgumentException damaged) {
      // Left to the audit.
    }
  }

  private static URI address(String place) throws CommandException {
    try {
      return new URI(place);
    } catch (URISyntaxException e) {
      throw CommandException.usage(place + " is not a web address: " + e.getReason() + ".");
    }
  }

  private static Path directory(String place) throws CommandException {
    if (place.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
      throw CommandException.usage(
          place + " cannot be read: only directories, http:// and https:// are.");
    }
    Path given = Path.of(place).toAbsolutePath().normalize();
    if (Files.isRegularFile(given)) {
      throw CommandException.usage(given + " is a file, not a log's directory.");
    }
    if (!Files.isDirectory(given)) {
      throw CommandException.usage("There is no directory " + given + ".");
    }
    Path inside = given.resolve("log");
    return Files.notExists(given.resolve("checkpoint")) && Files.isDirectory(inside)
        ? inside
        : given;
  }

  private static boolean isWeb(String place) {
    return place.startsWith("http://") || place.startsWith("https://");
  }

  /** The reports as one object, which says too whether all hold. */
  static ObjectNode json(List<AuditReport> reports) {
    ObjectNode json =
        StrictJson.newObject().put("holds", reports.stream().allMatch(AuditReport::holds));
    ArrayNode logs = json.putArray("logs");
    reports.forEach(report -> logs.add(report.json()));
    return json;
  }

  /** Reads what {@code --key} may be. */
  private static final class KeyOption {
    private static final int ID_LENGTH = 43;

    static PublicKey read(String option) throws IOException, CommandException {
      boolean named = option.length() > ID_LENGTH && option.charAt(ID_LENGTH) == '=';
      String jwk = named ? option.substring(ID_LENGTH + 1) : option;
      byte[] text =
          jwk.stripLeading().startsWith("{")
              ? jwk.getBytes(StandardCharsets.UTF_8)
              : InputFile.read(Path.of(jwk));
      PublicKey key = PublicKey.ofJwk(text);
      if (named && !key.id().value().equals(option.substring(0, ID_LENGTH))) {
        throw CommandException.usage(
            "--key: "
                + jwk
                + " is the key of "
                + key.id()
                + ", not of "
                + option.substring(0, ID_LENGTH)
                + ".");
      }
      return key;
    }
  }
}
