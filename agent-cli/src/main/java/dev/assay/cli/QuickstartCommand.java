package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.audit.Audit;
import dev.assay.audit.AuditReport;
import dev.assay.audit.KeyRing;
import dev.assay.cli.report.AuditText;
import dev.assay.cli.report.ProgressLine;
import dev.assay.cli.report.Quantity;
import dev.assay.control.ControlClient;
import dev.assay.crypto.PublicKey;
import dev.assay.job.JobSpec;
import dev.assay.job.Resources;
import dev.assay.json.StrictJson;
import dev.assay.log.source.DirectorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay quickstart}: the whole of Assay on one host. */
@Command(
    name = "quickstart",
    description = {
      "Start a coordinator and an agent on this host, prove the host, run a job, replay the logs,"
          + " and say what happened.",
      "Everything that it starts has ended when it ends."
    },
    footerHeading = "%nExample:%n",
    footer = "  assay quickstart /tmp/assay-demo")
final class QuickstartCommand implements Callable<Integer> {
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_COSIGN = Duration.ofSeconds(20);
  private static final String SCRIPT =
      "echo \"Hello from a job of $(nproc) processors, $GREETING.\";"
          + " for i in 1 2 3; do echo \"step $i of 3\"; sleep 0.2; done; echo done >&2";

  private static final String SETTINGS =
      """
      # Jobs may run as plain processes, within control groups. Off unless the owner says so.
      [jobs]
      process = true
      """;

  private final Cli cli;

  @Parameters(paramLabel = "DIR", description = "Where its files go; must be new or empty.")
  private Path directory;

  @Option(
      names = "--proof-seconds",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "About how long a proof should take. Default: ${DEFAULT-VALUE}.")
  private String proofSeconds;

  QuickstartCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    Path root = directory.toAbsolutePath().normalize();
    refuseUsed(root);
    Path node = ownersDirectory(root.resolve("node"));
    Path coordinator = ownersDirectory(root.resolve("coordinator"));
    Files.writeString(node.resolve("assay.toml"), SETTINGS);
    QuickstartTable table = new QuickstartTable(cli.style());
    cli.out().println("Assay quickstart in " + root);
    try (Child server = coordinator(root, coordinator)) {
      JsonNode ready =
          StrictJson.object(Files.readAllBytes(root.resolve("ready.json")), "ready.json").raw();
      Files.delete(root.resolve("ready.json"));
      say("coordinator", "listens on " + ready.path("address").asText());
      join(root, node, ready.path("token").asText());
      try (Child agent =
          Child.start(
              root.resolve("node.log"),
              "run",
              "--home",
              node.toString(),
              "--stop-jobs",
              "--parent-stdin")) {
        CoordinatorClient client = new CoordinatorClient(new Home(coordinator));
        drive(client, new Home(node), agent, table);
      }
    }
    audit(root, table);
    cli.out().println();
    cli.out().print(table.render());
    cli.out()
        .println("Left in " + root + ": node/, coordinator/ with log/ and id.jwk each, audit.json");
    cli.out()
        .println(
            "Audit it again: packaging/assay audit " + root.resolve("node") + " " + coordinator);
    if (table.fault().isPresent()) {
      throw CommandException.failed("Not all went well: " + table.fault().get() + ".");
    }
    return ExitCode.OK;
  }

  private static Path ownersDirectory(Path directory) throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void refuseUsed(Path root) throws IOException, CommandException {
    if (Files.exists(root)) {
      try (Stream<Path> inside = Files.list(root)) {
        if (inside.findAny().isPresent()) {
          throw CommandException.usage(
              root + " is not empty: name a new directory, or remove it first.");
        }
      }
    }
  }

  private Child coordinator(Path root, Path home)
      throws IOException, InterruptedException, CommandException {
    Path ready = root.resolve("ready.json");
    Child server =
        Child.start(
            root.resolve("coordinator.log"),
            "coordinator",
            "--home",
            home.toString(),
            "--listen",
            "127.0.0.1:0",
            "--challenge-every",
            "0s",
            "--proof-seconds",
            proofSeconds,
            "--ready",
            ready.toString(),
            "--parent-stdin");
    try {
      await(server, "the coordinator", () -> Files.exists(ready));
      return server;
    } catch (IOException | InterruptedException | CommandException e) {
      server.close();
      throw e;
    }
  }

  private void join(Path root, Path home, String token)
      throws IOException, InterruptedException, CommandException {
    try (Child join =
        Child.start(root.resolve("join.log"), "join", token, "--home", home.toString())) {
      if (join.await() != ExitCode.OK) {
        throw CommandException.failed("The node could not join: " + join.lastWords());
      }
    }
    say("node", "has joined with its one-time token");
  }

  /** Proofs and a job, until the node's log is cosigned to its end. */
  private void drive(CoordinatorClient client, Home home, Child agent, QuickstartTable table)
      throws IOException, InterruptedException, CommandException {
    ObjectNode[] found = new ObjectNode[1];
    await(
        agent,
        "the agent",
        () -> {
          found[0] = present(client);
          return found[0] != null;
        });
    String node = found[0].path("id").asText();
    say("node", node + " has a session over TLS 1.3");
    JsonNode status = new ControlClient(home.socket()).get("/status").raw();
    status.path("notes").forEach(note -> say("gpu", note.asText()));
    JsonNode platform = client.get("nodes", node).path("platform");
    for (JsonNode listed : status.path("devices")) {
      String device = listed.path("id").asText();
      table.device(device, platform.path(device).path("assay"));
      for (String proof : ProofOptions.names(device)) {
        prove(client, node, device, proof, table);
      }
    }
    job(client, node, table);
    awaitCosigned(client, agent, node);
  }

  private void prove(
      CoordinatorClient client, String node, String device, String proof, QuickstartTable table)
      throws IOException, CommandException {
    String name = device + " " + proof;
    try (ProgressLine line = new ProgressLine(cli.err(), cli.errorStyle(), "proving " + name)) {
      line.at(0, 1);
      ObjectNode asked =
          StrictJson.newObject().put("node", node).put("device", device).put("proof", proof);
      ObjectNode posted = client.post(asked, "challenges");
      JsonNode ended = client.await("final", "challenges", posted.path("id").asText());
      table.proof(ended);
      say(
          name,
          ended.path("state").asText()
              + ", witnessed "
              + Quantity.time(Duration.ofMillis(ended.path("witnessedMs").asLong())));
    }
  }

  private void job(CoordinatorClient client, String node, QuickstartTable table)
      throws IOException, InterruptedException, CommandException {
    JobSpec spec =
        JobSpec.process(
            List.of("sh", "-c", SCRIPT),
            Map.of("GREETING", "bounded by control groups"),
            new Resources(64L << 20, 500, 16),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Optional.empty());
    long began = System.nanoTime();
    ObjectNode order = StrictJson.newObject().put("node", node);
    order.set("spec", spec.toJson());
    String id = client.post(order, "jobs").path("id").asText();
    say("job", id + " is sent, its output:");
    cli.out().flush();
    new JobOutput(client, id, true).copyBoth(cli.outBytes(), cli.outBytes());
    ObjectNode ended = client.await("done", "jobs", id);
    table.job(ended, Duration.ofNanos(System.nanoTime() - began));
  }

  /** The log's last entries are worth more with the witness's word for them. */
  private void awaitCosigned(CoordinatorClient client, Child agent, String node)
      throws IOException, InterruptedException, CommandException {
    long end = System.nanoTime() + TO_COSIGN.toNanos();
    long before = -1;
    while (System.nanoTime() - end < 0 && agent.isAlive()) {
      long cosigned = client.get("nodes", node).path("cosignedSize").asLong();
      if (cosigned > 0 && cosigned == before) {
        say("log", cosigned + " entries cosigned by the coordinator");
        return;
      }
      before = cosigned;
      Thread.sleep(Duration.ofSeconds(2));
    }
  }

  /** Both logs, each with the keys of both. */
  private void audit(Path root, QuickstartTable table) throws IOException {
    KeyRing keys =
        new KeyRing(
            List.of(
                PublicKey.ofJwk(Files.readAllBytes(root.resolve("node/id.jwk"))),
                PublicKey.ofJwk(Files.readAllBytes(root.resolve("coordinator/id.jwk")))));
    long began = System.nanoTime();
    List<AuditReport> reports;
    try (ProgressLine line = new ProgressLine(cli.err(), cli.errorStyle(), "replaying the logs")) {
      reports =
          new Audit(keys, Runtime.getRuntime().availableProcessors(), line::at)
              .run(List.of(log(root.resolve("node/log")), log(root.resolve("coordinator/log"))));
    }
    table.audit(reports.getFirst(), Duration.ofNanos(System.nanoTime() - began));
    table.coordinatorAudit(reports.getLast());
    Files.writeString(
        root.resolve("audit.json"),
        StrictJson.pretty(AuditCommand.json(reports)) + "\n",
        StandardCharsets.UTF_8);
    for (AuditReport report : reports) {
      if (!report.holds()) {
        cli.out().print(AuditText.of(report, cli.style()));
      }
    }
  }

  private static Audit.Place log(Path directory) {
    return new Audit.Place(directory.toString(), new DirectorySource(directory));
  }

  private static ObjectNode present(CoordinatorClient client) {
    try {
      JsonNode nodes = client.get("nodes").path("nodes");
      return nodes.size() == 1 && nodes.get(0).path("present").asBoolean()
          ? (ObjectNode) nodes.get(0)
          : null;
    } catch (IOException | CommandException notYet) {
      return null;
    }
  }

  private static void await(Child child, String who, BooleanSupplier ready)
      throws IOException, InterruptedException, CommandException {
    long end = System.nanoTime() + TO_START.toNanos();
    while (!ready.getAsBoolean()) {
      if (!child.isAlive()) {
        throw CommandException.failed("The start of " + who + " failed: " + child.lastWords());
      }
      if (System.nanoTime() - end > 0) {
        throw CommandException.unavailable(
            "The start of "
                + who
                + " took longer than "
                + TO_START.toSeconds()
                + " s; its last words: "
                + child.lastWords());
      }
      Thread.sleep(Duration.ofMillis(50));
    }
  }

  private void say(String who, String what) {
    cli.out().printf("  %-12s %s%n", who, what);
    cli.out().flush();
  }
}
