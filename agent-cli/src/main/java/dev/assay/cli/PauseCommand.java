package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.owner.Pause;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay pause}. */
@Command(
    name = "pause",
    description = {
      "Have the agent take on no new job and no new proof, until assay resume or a time. It keeps"
          + " its session, tells its coordinator, and refuses what comes with this as the reason;"
          + " that is no failed proof. The pause holds over restarts of the agent and the host."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay pause                             what runs goes on to its end",
      "  assay pause --now --until 2h            the host back now, for two hours",
      "  assay pause --until 08:00               until eight o'clock",
      "  assay pause --until 2026-11-23T08:00    until then, on this host's clock"
    })
final class PauseCommand implements Callable<Integer> {
  private final Cli cli;

  @ArgGroup private WhatRuns whatRuns = new WhatRuns();

  /** What becomes of what runs. */
  private static final class WhatRuns {
    @Option(
        names = "--now",
        description = "End what runs: each job is asked, and forced when its grace is over.")
    private boolean now;

    @Option(
        names = "--after-jobs",
        description = "Let what runs go on to its end. This is the default.")
    private boolean afterJobs;
  }

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "When the pause ends by itself: a length of time (2h), the next time of the day (08:00),"
              + " or a date and time here (2026-11-23T08:00).")
  private Optional<String> until = Optional.empty();

  PauseCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    Instant now = cli.clock().instant();
    ZoneId zone = ZoneId.systemDefault();
    Optional<Instant> end = Optional.empty();
    if (until.isPresent()) {
      end = Optional.of(PauseEnd.parse(until.get(), now, zone));
    }
    Pause.Mode mode = whatRuns.afterJobs || !whatRuns.now ? Pause.Mode.AFTER_JOBS : Pause.Mode.NOW;
    JsonNode status = new RunningAgent(cli).tell("/pause", new Pause(mode, now, end).toJson());
    cli.out()
        .println(
            "Paused%s: no new job or proof is taken on, %s%s."
                .formatted(
                    end.map(time -> " until " + PauseEnd.text(time, zone)).orElse(""),
                    RunningAgent.jobsLeft(status),
                    whatRuns.now ? " and is being ended" : ""));
    return ExitCode.OK;
  }
}
