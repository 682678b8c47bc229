package dev.assay.cli;

import com.sun.security.auth.module.UnixSystem;
import dev.assay.cli.config.Configuration;
import dev.assay.cli.report.DoctorReport;
import dev.assay.cli.report.FactsReport;
import dev.assay.daemon.PinnedCoordinator;
import dev.assay.doctor.Bundle;
import dev.assay.doctor.Commands;
import dev.assay.doctor.Diagnosis;
import dev.assay.doctor.Examination;
import dev.assay.doctor.HomeExamination;
import dev.assay.doctor.HostCommands;
import dev.assay.doctor.Line;
import dev.assay.doctor.Observed;
import dev.assay.doctor.Redaction;
import dev.assay.durable.DurableFile;
import dev.assay.hardware.PlatformFacts;
import dev.assay.host.HostProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong with this host: driver, GPUs, kernel log, containers, clock, disk, key,"
          + " log and the way to the coordinator. Each line that is not fine names what mends it.",
      "It changes nothing. The exit code is 1 if something has failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay doctor",
      "  sudo assay doctor --home /var/lib/assay     also where only root may read the kernel's log",
      "  assay doctor --json | jq '.checks[] | select(.severity == \"failure\")'",
      "  assay doctor --bundle help.zip              what to send to somebody who helps; read it first"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final Duration EACH_COMMAND = Duration.ofSeconds(5);

  private final Cli cli;

  @Option(names = "--json", description = "Print the lines as JSON.")
  private boolean json;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "Also write a zip file with the lines, the facts, the settings and the last lines of logs,"
              + " without keys, names and addresses. An existing file is replaced.")
  private Optional<Path> bundle = Optional.empty();

  DoctorCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    Commands commands = new HostCommands(EACH_COMMAND);
    PlatformFacts facts = new HostProbe().probe();
    Home home = cli.home();
    Observed observed =
        new Examination(Path.of("/"), commands, GpuReadings::read)
            .observe(facts, examination(home), joined(home));
    List<Line> lines = Diagnosis.of(observed);
    if (bundle.isPresent()) {
      write(bundle.get(), lines, facts, observed, commands);
    }
    cli.out().print(json ? DoctorReport.json(lines) : DoctorReport.text(lines, cli.style()));
    return Diagnosis.holds(lines) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static HomeExamination examination(Home home) {
    return new HomeExamination(
        home.directory(), home.key(), home.publicKey(), home.log(), new UnixSystem().getUid());
  }

  private static Examination.Joined joined(Home home) {
    try {
      return PinnedCoordinator.read(home.coordinator())
          .map(
              pinned ->
                  new Examination.Joined(
                      Optional.of(pinned.address()), Optional.of(pinned.key()), Optional.empty()))
          .orElse(Examination.Joined.NOBODY);
    } catch (IOException e) {
      return new Examination.Joined(
          Optional.empty(), Optional.empty(), Optional.of("coordinator.json is damaged"));
    }
  }

  private void write(
      Path file, List<Line> lines, PlatformFacts facts, Observed observed, Commands commands)
      throws IOException, CommandException {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw CommandException.usage(
          "--bundle "
              + file
              + " cannot be written: name a file in a directory that this user owns.");
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("doctor.json", DoctorReport.json(lines));
    files.put("facts.json", FactsReport.anonymous(facts));
    files.put("assay.toml", settings());
    files.put("kernel.log", Bundle.tail(observed.kernelLog().text().orElse("")));
    files.put(
        "agent.log",
        Bundle.end(
            commands
                .run(
                    "journalctl",
                    "--unit=assay",
                    "--no-pager",
                    "--quiet",
                    "--output=cat",
                    "--lines=400")
                .good()
                .orElse("")));
    DurableFile.replace(
        file, Bundle.zip(files, HostNames.redaction(cli.home(), cli.environment())));
    cli.err().println("The bundle is " + file + "; read it before you send it.");
  }

  private String settings() {
    try {
      return Redaction.settings(Configuration.explained(cli.home().settings()));
    } catch (IOException | IllegalArgumentException e) {
      return "# the settings cannot be read: assay config check says why\n";
    }
  }
}
