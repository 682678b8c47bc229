package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.control.ControlServer;
import dev.assay.daemon.Agent;
import dev.assay.daemon.AgentEvent;
import dev.assay.daemon.AgentParts;
import dev.assay.daemon.BootEpoch;
import dev.assay.daemon.PinnedCoordinator;
import dev.assay.daemon.ProofBounds;
import dev.assay.job.JobJournal;
import dev.assay.log.store.LogStore;
import dev.assay.owner.LinuxActivity;
import dev.assay.owner.OwnerConsent;
import dev.assay.owner.PauseFile;
import dev.assay.runtime.JobRuntime;
import dev.assay.runtime.JobRuntimes;
import dev.assay.runtime.ProcessRuntime;
import dev.assay.runtime.container.ContainerRuntime;
import dev.assay.wire.ClientConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay run}. */
@Command(
    name = "run",
    description = {
      "Run the agent: keep a session with the coordinator that this node has joined, answer its"
          + " challenges with proofs, and run its jobs as far as assay.toml allows.",
      "It ends in good order on SIGTERM, SIGINT and assay stop. Jobs go on without it, within their"
          + " own limits, and the next agent finds them again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay join TOKEN && assay run",
      "  assay run --stop-jobs        and take the jobs along when it ends"
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Cli cli;

  @Option(
      names = "--stop-jobs",
      description = "When the agent ends, end its jobs too. Default: they go on.")
  private boolean stopJobs;

  @Option(names = "--parent-stdin", hidden = true, description = "Stop when standard input ends.")
  private boolean parentStdin;

  RunCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    Configuration settings = cli.configuration();
    Home home = cli.home();
    PinnedCoordinator coordinator =
        PinnedCoordinator.read(home.coordinator())
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "This node has not joined a coordinator: get a token there and run assay"
                            + " join TOKEN."));
    try (NodeHome node = NodeHome.take(cli);
        StopRequest stop = StopRequest.onSignals();
        LogStore log = node.openLog();
        JobRuntime runtime = runtime(settings, node)) {
      if (parentStdin) {
        stop.requestAtEndOf(cli.in());
      }
      AgentLines lines = new AgentLines(cli, node.identity().key().id(), coordinator);
      long start = BootEpoch.next(home.boot());
      NodeDevices devices = NodeDevices.of(cli);
      lines.starting(start, devices);
      try (EventQueue<AgentEvent> events = EventQueue.before(lines);
          Agent agent = agent(settings, node, devices, start, coordinator, log, runtime, events);
          ControlServer control =
              ControlServer.start(home.socket(), agent.control(stop::request))) {
        agent.failure().whenComplete((never, why) -> stop.request());
        stop.await();
        failed(agent);
        lines.stopping();
        if (stopJobs) {
          agent.stopJobs();
        }
      }
      return ExitCode.OK;
    }
  }

  private JobRuntime runtime(Configuration settings, NodeHome node) throws InterruptedException {
    return new JobRuntimes(
        ProcessRuntime.open(cli.home().directory(), settings.jobs(), cli.clock()),
        ContainerRuntime.open(
            node.identity().key().id().value(),
            settings.jobs(),
            settings.containers().engine(),
            settings.containers().credentials(),
            cli.environment(),
            cli.clock()));
  }

  private Agent agent(
      Configuration settings,
      NodeHome node,
      NodeDevices devices,
      long start,
      PinnedCoordinator pinned,
      LogStore log,
      JobRuntime runtime,
      Consumer<AgentEvent> events)
      throws IOException, InterruptedException {
    PinnedCoordinator coordinator =
        new PinnedCoordinator(
            settings.agent().coordinator().orElse(pinned.address()), pinned.key(), pinned.name());
    return Agent.start(
        new AgentParts(
            Version.text(),
            node.identity().key(),
            start,
            coordinator,
            new ClientConfig(
                coordinator.address(),
                coordinator.key().id(),
                node.identity().tls(),
                PATIENCE,
                FIRST_RETRY,
                settings.agent().maxRetry()),
            log,
            devices.provers(),
            devices.notes(),
            devices.probe(),
            bounds(settings.proofs()),
            JobJournal.open(node.home().jobs(), cli.clock()),
            runtime,
            settings.jobs(),
            new PauseFile(node.home().pause()),
            new OwnerConsent(
                settings.owner(),
                new LinuxActivity(Path.of("/")),
                cli.clock(),
                ZoneId.systemDefault()),
            cli.clock(),
            System::nanoTime,
            new SecureRandom(),
            events));
  }

  static ProofBounds bounds(Configuration.Proofs proofs) {
    return new ProofBounds(
        proofs.enabled(),
        proofs.maxTime(),
        proofs.maxMemory().orElse(Long.MAX_VALUE),
        proofs.besideJobs());
  }

  /** Throws why the agent cannot go on, if that is why it ends. */
  private static void failed(Agent agent) throws IOException {
    try {
      agent.failure().toCompletableFuture().getNow(null);
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    }
  }
}
