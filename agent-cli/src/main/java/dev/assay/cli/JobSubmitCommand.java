package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.job.ContainerSpec;
import dev.assay.job.JobSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.Resources;
import dev.assay.job.Restart;
import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay job submit}. */
@Command(
    name = "submit",
    description = {
      "Order a job from a node, signed by the coordinator, and print the job's id.",
      "A node that is away gets it when it comes back. Its owner's settings decide whether it runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay job submit 7Ys2 -- sh -c 'echo hello'",
      "  assay job submit 7Ys2 --wait -- nproc         its output, and its exit code",
      "  assay job submit 7Ys2 --memory 2GiB --cpus 1.5 --time-limit 10m -e N=7 -- ./train",
      "  assay job submit 7Ys2 --image docker.io/library/busybox:1 --wait -- uname -a"
    })
final class JobSubmitCommand implements Callable<Integer> {
  /** Where a job's specification has what an option says. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "job.resources.memoryBytes", "--memory, in bytes",
          "job.resources.milliCpus", "--cpus, in thousandths",
          "job.resources.processes", "--processes",
          "job.container.image", "--image",
          "job.container.tmpBytes", "--tmp, in bytes",
          "job.container.writableRootBytes", "--writable-root, in bytes",
          "job.container.restart.most", "--restarts");

  private final Cli cli;

  @Parameters(
      index = "0",
      paramLabel = "NODE",
      description = "The node's id, or the beginning of it.")
  private String node;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description =
          "The program and its arguments, after --; in a container the image's own if there is none.")
  private List<String> command = List.of();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description =
          "Run in a container of this image, [REGISTRY/]NAME[:TAG][@DIGEST]. Default: as a plain"
              + " process.")
  private Optional<String> image = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "MODE",
      defaultValue = "none",
      converter = NetworkConverter.class,
      description = "What the container reaches: none or outbound. Default: ${DEFAULT-VALUE}.")
  private NetworkMode network;

  @Option(
      names = "--tmp",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "What the container's /tmp holds. Default: half of its memory.")
  private Optional<Long> tmp = Optional.empty();

  @Option(
      names = "--writable-root",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Let the container write so much besides /tmp. Default: nothing.")
  private Optional<Long> writableRoot = Optional.empty();

  @Option(
      names = "--restarts",
      paramLabel = "NUMBER",
      description = "Start a container that failed again, so often at most. Default: never.")
  private Optional<Integer> restarts = Optional.empty();

  @Option(
      names = "--gpu",
      paramLabel = "UUID",
      description = "A device that the container gets for itself; may be given more than once.")
  private List<String> gpus = List.of();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      defaultValue = "256MiB",
      description = "Memory that it may use. Default: ${DEFAULT-VALUE}.")
  private long memory;

  @Option(
      names = "--cpus",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Logical processors that it may use, such as 0.5. Default: ${DEFAULT-VALUE}.")
  private double cpus;

  @Option(
      names = "--processes",
      paramLabel = "NUMBER",
      defaultValue = "64",
      description = "Processes and threads at a time. Default: ${DEFAULT-VALUE}.")
  private long processes;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      defaultValue = "1h",
      description = "After this it is ended. Default: ${DEFAULT-VALUE}.")
  private Duration timeLimit;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      defaultValue = "10s",
      description = "From TERM to KILL when it is ended. Default: ${DEFAULT-VALUE}.")
  private Duration grace;

  @Option(
      names = "--stop-after-disconnect",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = "End it when the coordinator is away for so long. Default: it goes on.")
  private Optional<Duration> stopAfterDisconnect = Optional.empty();

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "A variable of its environment; nothing else is inherited.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--start-within",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      defaultValue = "1h",
      description = "If no node has begun it by then, it expires. Default: ${DEFAULT-VALUE}.")
  private Duration startWithin;

  @Option(
      names = "--wait",
      description =
          "Print what it writes as it comes and exit with its exit code, or 1 if it has none.")
  private boolean wait;

  @Option(names = "--json", description = "Print the job as JSON; with --wait its end.")
  private boolean json;

  JobSubmitCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException, InterruptedException {
    CoordinatorClient coordinator = new CoordinatorClient(cli);
    ObjectNode request = StrictJson.newObject().put("node", node);
    request.set("spec", spec().toJson());
    request.put("startWithinSeconds", startWithin.toSeconds());
    ObjectNode job = coordinator.post(request, "jobs");
    String id = job.path("id").asText();
    if (!wait) {
      cli.out().println(json ? job.toPrettyString() : id);
      return ExitCode.OK;
    }
    if (json) {
      job = coordinator.await("done", "jobs", id);
      cli.out().println(job.toPrettyString());
    } else {
      cli.err().println(cli.errorStyle().faint(id));
      new JobOutput(coordinator, id, true).copyBoth(cli.outBytes(), cli.errBytes());
      job = coordinator.await("done", "jobs", id);
    }
    if (!job.path("end").has("exitCode")) {
      throw CommandException.failed(
          "The job has no exit code: " + JobWords.state(job) + ". " + job.path("detail").asText());
    }
    return JobWords.exitCode(job);
  }

  /** Read back as the node will read it, so that what is wrong is said here. */
  private JobSpec spec() {
    JobSpec process =
        JobSpec.process(
            command,
            environment,
            new Resources(memory, Math.round(cpus * 1000), processes),
            timeLimit,
            grace,
            stopAfterDisconnect);
    JobSpec spec = container().map(process::in).orElse(process);
    try {
      return JobSpec.parse(StrictJson.object(spec.bytes(), "job"));
    } catch (JsonException e) {
      throw new IllegalArgumentException(named(e.getMessage()), e);
    }
  }

  private Optional<ContainerSpec> container() {
    if (image.isEmpty()) {
      if (network != NetworkMode.NONE
          || tmp.isPresent()
          || writableRoot.isPresent()
          || restarts.isPresent()
          || !gpus.isEmpty()) {
        throw new IllegalArgumentException(
            "--network, --tmp, --writable-root, --restarts and --gpu are for containers: name an"
                + " --image too.");
      }
      return Optional.empty();
    }
    return Optional.of(
        new ContainerSpec(
            image.get(),
            Optional.empty(),
            network,
            tmp.map(OptionalLong::of).orElse(OptionalLong.empty()),
            writableRoot.map(OptionalLong::of).orElse(OptionalLong.empty()),
            restarts.map(most -> new Restart(Restart.When.ON_FAILURE, most)).orElse(Restart.NEVER),
            gpus));
  }

  /** Calls what is wrong as the command line does. */
  private static String named(String message) {
    for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
      if (message.startsWith(option.getKey())) {
        return option.getValue() + message.substring(option.getKey().length());
      }
    }
    return message;
  }
}
