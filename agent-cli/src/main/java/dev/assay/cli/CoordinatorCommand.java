package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.config.Configuration;
import dev.assay.coordinator.Coordinator;
import dev.assay.coordinator.CoordinatorSettings;
import dev.assay.crypto.SigningKey;
import dev.assay.durable.DurableFile;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.json.StrictJson;
import dev.assay.wire.Address;
import dev.assay.wire.JoinToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay coordinator}. */
@Command(
    name = "coordinator",
    description = {
      "Run a coordinator: enrol nodes, challenge them at random times, give them jobs and cosign"
          + " their logs. It prints a join token, which enrols one node once.",
      "It ends in good order on SIGTERM and SIGINT. Nodes, proofs and jobs are kept in its home."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay coordinator --home /srv/c                        on this host alone",
      "  assay coordinator --listen 0.0.0.0:7443 --advertise c.example.org:7443",
      "  assay coordinator --challenge-every 10m --proof-seconds 2"
    })
final class CoordinatorCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = SocketAddressConverter.class,
      description =
          "Where nodes dial in; port 0 picks a free one. Default: coordinator.listen in assay.toml,"
              + " else 127.0.0.1:7443, which only this host can reach.")
  private Optional<InetSocketAddress> listen = Optional.empty();

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "What join tokens tell nodes to dial. Default: where it listens.")
  private Optional<String> advertise = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What it calls itself to nodes. Default: coordinator.name in assay.toml.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--challenge-every",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description =
          "The mean time between a node's random challenges; 0s for none. Default:"
              + " coordinator.challenge-every in assay.toml, else 1h.")
  private Optional<Duration> challengeEvery = Optional.empty();

  @Option(
      names = "--proof-seconds",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "About how long a proof should take a node. Default: ${DEFAULT-VALUE}.")
  private double proofSeconds;

  @Option(
      names = "--token-valid",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      defaultValue = "1d",
      description = "How long the printed join token works. Default: ${DEFAULT-VALUE}.")
  private Duration tokenValid;

  @Option(
      names = "--ready",
      paramLabel = "FILE",
      description =
          "Once nodes can dial in, write id, address, port, join token and process id to this"
              + " file, as JSON that only this user can read.")
  private Optional<Path> ready = Optional.empty();

  @Option(names = "--parent-stdin", hidden = true, description = "Stop when standard input ends.")
  private boolean parentStdin;

  CoordinatorCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    CoordinatorSettings settings = settings();
    try (CoordinatorHome home = CoordinatorHome.take(cli);
        StopRequest stop = StopRequest.onSignals()) {
      if (parentStdin) {
        stop.requestAtEndOf(cli.in());
      }
      SigningKey key = home.identity().key();
      try (Coordinator coordinator =
          Coordinator.start(settings, key, home.identity().tls(), home.log())) {
        JoinToken token = coordinator.invite(tokenValid);
        tell(key, coordinator, token);
        if (ready.isPresent()) {
          DurableFile.replace(ready.get(), report(key, coordinator, token));
        }
        stop.await();
        cli.out().println("stopping");
      }
    }
    return ExitCode.OK;
  }

  private CoordinatorSettings settings() throws IOException {
    if (!(proofSeconds >= 0.1 && proofSeconds <= 600)) {
      throw new IllegalArgumentException(
          "--proof-seconds is from 0.1 to 600, not " + proofSeconds + ".");
    }
    Configuration.Coordinator configured = cli.configuration().coordinator();
    InetSocketAddress bind =
        listen.orElseGet(
            () -> new InetSocketAddress(configured.listen().host(), configured.listen().port()));
    if (bind.getAddress() != null && bind.getAddress().isAnyLocalAddress() && advertise.isEmpty()) {
      throw new IllegalArgumentException(
          "It would listen on every address: say with --advertise which one nodes should dial.");
    }
    return new CoordinatorSettings(
        cli.home().directory(),
        bind,
        advertise.map(Address::parse),
        name.orElse(configured.name()),
        Version.text(),
        configured.heartbeat(),
        configured.lease(),
        challengeEvery.or(configured::challengeEvery).filter(mean -> !mean.isZero()),
        proofSeconds,
        new GpuDatasheets(Catalog.load()));
  }

  private void tell(SigningKey key, Coordinator coordinator, JoinToken token) {
    cli.out().println("coordinator  " + cli.style().strong(key.id().value()));
    cli.out().println("home         " + cli.home().directory());
    cli.out().println("address      " + coordinator.address());
    cli.out().println("join with    assay join " + token.text());
    cli.out().println("             once, until " + token.expiry() + "; assay invite makes more");
  }

  private static byte[] report(SigningKey key, Coordinator coordinator, JoinToken token) {
    ObjectNode json =
        StrictJson.newObject()
            .put("id", key.id().value())
            .put("address", coordinator.address().toString())
            .put("port", coordinator.port())
            .put("token", token.text())
            .put("pid", ProcessHandle.current().pid());
    return StrictJson.bytes(json);
  }
}
