package dev.assay.cli;

import dev.assay.log.http.LogServer;
import dev.assay.wire.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay log serve}. */
@Command(
    name = "serve",
    description = {
      "Serve the log over HTTP, for auditors to read (C2SP tlog-tiles).",
      "Only the log is served, never the key. Any web server can serve the directory as well."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay log serve                            where log.serve of the settings says",
      "  assay log serve --listen 0.0.0.0:8080      on every address of this host"
    })
final class LogServeCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = SocketAddressConverter.class,
      description = "Where to listen; port 0 is any free one. Default: log.serve of the settings.")
  private Optional<InetSocketAddress> listen = Optional.empty();

  LogServeCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    Path log = cli.home().log();
    if (Files.notExists(log.resolve("checkpoint"))) {
      throw CommandException.unavailable("There is no log yet in " + log + ".");
    }
    InetSocketAddress address = listen.isPresent() ? listen.get() : usual();
    try (LogServer server = LogServer.start(address, log)) {
      cli.out()
          .println(
              "Serving "
                  + log
                  + " at http://"
                  + new Address(address.getHostString(), server.port())
                  + "/ until Ctrl-C.");
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }

  private InetSocketAddress usual() throws IOException {
    Address serve = cli.configuration().log().serve();
    return new InetSocketAddress(serve.host(), serve.port());
  }
}
