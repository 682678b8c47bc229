package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.cli.report.Figures;
import dev.assay.cli.report.ProgressLine;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Table;
import dev.assay.control.ControlClient;
import dev.assay.control.NotRunningException;
import dev.assay.daemon.SelfTest;
import dev.assay.daemon.SelfTestLines;
import dev.assay.daemon.SelfTestPlan;
import dev.assay.daemon.SelfTestResult;
import dev.assay.json.StrictJson;
import dev.assay.log.store.LogStore;
import dev.assay.proof.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay prove}. */
@Command(
    name = "prove",
    description = {
      "Self-test: run one proof of each kind on every device, verify it, log it, and show the"
          + " figures. A running agent does it itself.",
      "It shows that the device works. It proves nothing to others: they send their own challenges."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay prove",
      "  assay prove --memory 4GiB        with a larger image",
      "  assay prove --device cpu:0 --json"
    })
final class ProveCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Test only this device. Default: every one.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "How much memory to fill, such as 4GiB. Default: 256MiB, or half of what is free.")
  private Optional<Long> memory = Optional.empty();

  @Option(names = "--json", description = "Print the outcomes as JSON.")
  private boolean json;

  private List<String> notes = List.of();

  ProveCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    if (memory.filter(bytes -> bytes == 0).isPresent()) {
      throw CommandException.usage("--memory is 0: name how much to fill, such as 256MiB.");
    }
    List<SelfTestResult> results = new ArrayList<>();
    try (Progress progress = new Progress(cli, results)) {
      try (InputStream lines = new ControlClient(cli.home().socket()).stream(target())) {
        SelfTestLines.read(lines, progress);
        notes = agentsNotes();
      } catch (NotRunningException e) {
        alone(progress);
      }
    }
    cli.out().print(json ? json(results) : table(results));
    if (!json && device.isEmpty()) {
      notes.forEach(cli.out()::println);
    }
    return exitCode(results);
  }

  private String target() {
    List<String> query = new ArrayList<>();
    device.ifPresent(id -> query.add("device=" + id.replaceAll("[^A-Za-z0-9._:-]", "?")));
    memory.ifPresent(bytes -> query.add("memory=" + bytes));
    return query.isEmpty() ? "/prove" : "/prove?" + String.join("&", query);
  }

  /** What the running agent found of devices that it does not test. */
  private List<String> agentsNotes() throws IOException {
    List<String> found = new ArrayList<>();
    new ControlClient(cli.home().socket())
        .get("/status")
        .raw()
        .path("notes")
        .forEach(note -> found.add(note.asText()));
    return found;
  }

  private void alone(SelfTest.Sink sink)
      throws IOException, InterruptedException, CommandException {
    try (NodeHome node = NodeHome.take(cli);
        LogStore log = node.openLog()) {
      NodeDevices devices = NodeDevices.of(cli);
      notes = devices.notes();
      devices.require(device);
      SelfTest.alone(
              log,
              node.identity().key(),
              devices.probe(),
              RunCommand.bounds(cli.configuration().proofs()),
              cli.clock(),
              System::nanoTime,
              new SecureRandom())
          .run(
              devices.provers(),
              new SelfTestPlan(device, memory.map(OptionalLong::of).orElseGet(OptionalLong::empty)),
              sink);
    }
  }

  private static int exitCode(List<SelfTestResult> results) {
    int code = ExitCode.OK;
    for (SelfTestResult result : results) {
      switch (result.status()) {
        case PASS -> {}
        case FAIL -> {
          return ExitCode.FAILED;
        }
        case NOT_DONE -> code = ExitCode.FAULT;
      }
    }
    return code;
  }

  private String table(List<SelfTestResult> results) {
    Table table =
        new Table("device", "proof", "proven in", "opened in", "verified in", "figure", "");
    for (SelfTestResult result : results) {
      table.row(
          result.device(),
          Figures.work(result.proof()),
          time(result.workedMs()),
          time(result.openedMs()),
          time(result.verifiedMs()),
          Figures.measured(result.proof(), result.workedMs()),
          switch (result.status()) {
            case PASS -> cli.style().good("pass");
            case FAIL -> cli.style().bad("fail: " + result.reason());
            case NOT_DONE -> cli.style().bad("not done: " + result.reason());
          });
    }
    return table.render(cli.style());
  }

  private static String time(long millis) {
    return Quantity.time(Duration.ofMillis(millis));
  }

  private static String json(List<SelfTestResult> results) {
    ArrayNode list = StrictJson.newObject().arrayNode();
    results.forEach(result -> list.add(result.toJson()));
    return list.toPrettyString() + "\n";
  }

  /** Shows how far the present proof is, and collects what came of the others. */
  private static final class Progress implements SelfTest.Sink, AutoCloseable {
    private final Cli cli;
    private final List<SelfTestResult> results;
    private Optional<ProgressLine> line = Optional.empty();

    private Progress(Cli cli, List<SelfTestResult> results) {
      this.cli = cli;
      this.results = results;
    }

    @Override
    public void progress(String tested, Proof proof, double share) {
      if (line.isEmpty()) {
        line =
            Optional.of(new ProgressLine(cli.err(), cli.errorStyle(), tested + " " + proof.name()));
      }
      line.get().at((long) (1000 * share), 1000);
    }

    @Override
    public void result(SelfTestResult result) {
      close();
      results.add(result);
    }

    @Override
    public void close() {
      line.ifPresent(ProgressLine::close);
      line = Optional.empty();
    }
  }
}
