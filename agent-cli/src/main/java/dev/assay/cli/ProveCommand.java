package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.cli.report.ProgressLine;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Table;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Device;
import dev.assay.hardware.PlatformFacts;
import dev.assay.host.HostProbe;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import dev.assay.proof.Verdict;
import dev.assay.proof.cpu.CpuProver;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay prove}. */
@Command(
    name = "prove",
    description = {
      "Self-test: run one proof of each kind on every device, verify it, and show the figures.",
      "It shows that the device works. It proves nothing to others: they send their own challenges."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay prove",
      "  assay prove --memory 4GiB        with a larger image",
      "  assay prove --device cpu:0 --json"
    })
final class ProveCommand implements Callable<Integer> {
  private static final long USUAL_BYTES = 256L << 20;

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

  ProveCommand(Cli cli) {
    this.cli = cli;
  }

  /** A device's proof, and how it went. */
  private record Row(Device device, SelfTest.Outcome outcome) {}

  @Override
  public Integer call() throws InterruptedException, ProverException {
    PlatformFacts facts = new HostProbe().probe();
    List<Row> rows = new ArrayList<>();
    for (Prover prover : List.<Prover>of(new CpuProver())) {
      if (device.isEmpty() || device.get().equals(prover.device())) {
        Device tested =
            facts
                .device(prover.device())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "The free memory of " + prover.device() + " could not be measured."));
        rows.addAll(test(prover, tested));
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no device " + device.orElse("at all") + "; assay facts lists what there is.");
    }
    cli.out().print(json ? json(rows) : table(rows));
    return rows.stream().allMatch(row -> row.outcome.verdict() instanceof Verdict.Pass)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private List<Row> test(Prover prover, Device tested)
      throws InterruptedException, ProverException {
    SecureRandom random = new SecureRandom();
    SelfTest test =
        new SelfTest(prover, SigningKey.generate(random).id(), random, System::nanoTime);
    long bytes = memory.orElse(Math.min(USUAL_BYTES, tested.freeMemoryBytes() / 2));
    if (bytes > tested.freeMemoryBytes()) {
      throw new IllegalArgumentException(
          Quantity.bytes(bytes)
              + " is more than the "
              + Quantity.bytes(tested.freeMemoryBytes())
              + " that are free on "
              + tested.id()
              + ".");
    }
    List<Row> rows = new ArrayList<>();
    for (Proof proof : SelfTest.proofs(tested, bytes)) {
      try (ProgressLine line =
          new ProgressLine(cli.err(), cli.errorStyle(), tested.id() + " " + proof.name())) {
        rows.add(new Row(tested, test.run(proof, line::at)));
      }
    }
    return rows;
  }

  private String table(List<Row> rows) {
    Table table =
        new Table("device", "proof", "work", "proven in", "opened in", "verified in", "figure", "");
    for (Row row : rows) {
      SelfTest.Outcome outcome = row.outcome;
      table.row(
          row.device.id(),
          outcome.proof().name(),
          outcome.work(),
          Quantity.time(outcome.committing()),
          Quantity.time(outcome.opening()),
          Quantity.time(outcome.verifying()),
          outcome.verdict() instanceof Verdict.Pass ? outcome.figure() : "–",
          switch (outcome.verdict()) {
            case Verdict.Pass pass -> cli.style().good("pass");
            case Verdict.Fail fail -> cli.style().bad("fail: " + fail.reason());
          });
    }
    return rows.getFirst().device.model() + "\n" + table.render(cli.style());
  }

  private static String json(List<Row> rows) {
    ArrayNode list = StrictJson.newObject().arrayNode();
    for (Row row : rows) {
      SelfTest.Outcome outcome = row.outcome;
      var item = list.addObject();
      item.put("device", row.device.id()).put("proof", outcome.proof().parameters());
      item.put("commitMs", outcome.committing().toMillis());
      item.put("openMs", outcome.opening().toMillis());
      item.put("verifyMs", outcome.verifying().toMillis());
      switch (outcome.verdict()) {
        case Verdict.Pass pass -> item.put("status", "pass");
        case Verdict.Fail fail -> item.put("status", "fail").put("reason", fail.reason());
      }
    }
    return list.toPrettyString() + "\n";
  }
}
