package dev.assay.cli;

import dev.assay.daemon.PinnedCoordinator;
import dev.assay.wire.Address;
import dev.assay.wire.ClientConfig;
import dev.assay.wire.Enrolment;
import dev.assay.wire.EnrolmentRefusedException;
import dev.assay.wire.JoinToken;
import dev.assay.wire.WireClient;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay join}. */
@Command(
    name = "join",
    description = {
      "Join a coordinator: enrol this node's key there, and keep the coordinator's.",
      "From then on only what is signed with that key is listened to. The token works once."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  assay join assay-join-AWoh…      the token that the coordinator printed"})
final class JoinCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "TOKEN", description = "The join token, whole.")
  private String token;

  @Option(
      names = "--replace",
      description = "Leave the coordinator that this node has joined before.")
  private boolean replace;

  JoinCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    JoinToken join = JoinToken.parse(token);
    if (join.isExpired(cli.clock().instant())) {
      throw CommandException.usage(
          "The join token expired at " + join.expiry() + "; get a new one from the coordinator.");
    }
    Home home = cli.home();
    Optional<PinnedCoordinator> before = PinnedCoordinator.read(home.coordinator());
    if (before.isPresent() && !before.get().key().id().equals(join.coordinator()) && !replace) {
      throw CommandException.usage(
          "This node has joined the coordinator "
              + before.get().name()
              + " ("
              + before.get().key().id()
              + ") already; join another with --replace, or with another --home.");
    }
    try (NodeHome node = NodeHome.take(cli)) {
      Address address = cli.configuration().agent().coordinator().orElse(join.address());
      Enrolment enrolment = enrol(join, address, node.identity());
      new PinnedCoordinator(join.address(), enrolment.key(), enrolment.coordinator())
          .write(home.coordinator());
      cli.out().println("Joined " + enrolment.coordinator() + " at " + address + ".");
      cli.out().println("coordinator  " + enrolment.key().id());
      cli.out().println("this node    " + node.identity().key().id());
      cli.out().println("Start the agent with: assay run");
    }
    return ExitCode.OK;
  }

  private static Enrolment enrol(JoinToken join, Address address, Identity identity)
      throws InterruptedException, CommandException {
    try {
      return WireClient.enrol(
          new ClientConfig(address, join.coordinator(), identity.tls()), join.secret());
    } catch (EnrolmentRefusedException e) {
      throw CommandException.usage(
          "The coordinator refuses the join token: "
              + e.getMessage()
              + "; get a new one from the coordinator.");
    } catch (IOException e) {
      throw CommandException.unavailable(
          "The coordinator at "
              + address
              + " could not be reached: "
              + e.getMessage()
              + "; the token was not used.");
    }
  }
}
