package dev.assay.cli.config;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.ImagePattern;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Resources;
import dev.assay.job.UrlPattern;
import dev.assay.owner.Hours;
import dev.assay.owner.OwnerTerms;
import dev.assay.owner.VetoHook;
import dev.assay.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The owner's settings, complete: what the file does not set has its usual value.
 *
 * @param owner when work for others may begin
 * @param jobs what jobs may have
 */
public record Configuration(
    Proofs proofs,
    OwnerTerms owner,
    OwnerPolicy jobs,
    Containers containers,
    Agent agent,
    Coordinator coordinator,
    Log log) {
  /**
   * What proofs may take.
   *
   * @param maxTime the longest deadline
   * @param maxMemory the most bytes; empty if all that is free may be taken
   * @param besideJobs whether a proof may run beside a job
   */
  public record Proofs(
      boolean enabled, Duration maxTime, Optional<Long> maxMemory, boolean besideJobs) {}

  /**
   * Where containers come from.
   *
   * @param engine the engine's socket, instead of the usual places
   * @param credentials a file of credentials for registries
   */
  public record Containers(Optional<Path> engine, Optional<Path> credentials) {}

  /**
   * How a node finds its coordinator.
   *
   * @param coordinator instead of the address in the join token
   * @param maxRetry the longest wait between two attempts
   */
  public record Agent(Optional<Address> coordinator, Duration maxRetry) {}

  /**
   * How a coordinator works.
   *
   * @param challengeEvery the mean time between two challenges of one node
   */
  public record Coordinator(
      Address listen,
      String name,
      Duration heartbeat,
      Duration lease,
      Optional<Duration> challengeEvery) {}

  /** Where the log is served. */
  public record Log(Address serve) {}

  /**
   * The settings in {@code file}; all usual ones if there is no such file.
   *
   * @throws ConfigException if anything in it is wrong; it names every problem
   * @throws IOException if it cannot be read
   */
  public static Configuration load(Path file) throws IOException {
    return of(Files.exists(file) ? TomlFile.read(file) : new Values(Map.of()));
  }

  /**
   * A file with every setting, its explanation and its usual value; what {@code file} sets is set
   * in it, and the rest is commented out.
   */
  public static String explained(Path file) throws IOException {
    Values values = Files.exists(file) ? TomlFile.read(file) : new Values(Map.of());
    StringBuilder out = new StringBuilder();
    String section = "";
    for (Setting<?> setting : Settings.ALL) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        out.append(out.isEmpty() ? "" : "\n").append("[" + section + "]\n");
      }
      out.append(explained(setting, values));
    }
    return out.toString();
  }

  private static <T> String explained(Setting<T> setting, Values values) {
    String value = setting.kind().write(values.of(setting));
    String example = value.isEmpty() ? "…" : value;
    return "# "
        + setting.about()
        + "\n# Expected: "
        + setting.kind().expects()
        + ".\n"
        + (values.has(setting) ? "" : "# ")
        + setting.name()
        + " = "
        + example
        + "\n";
  }

  private static Configuration of(Values values) {
    return new Configuration(
        new Proofs(
            values.of(Settings.PROOFS_ENABLED),
            values.of(Settings.PROOFS_MAX_TIME),
            values.of(Settings.PROOFS_MAX_MEMORY),
            values.of(Settings.PROOFS_BESIDE_JOBS)),
        owner(values),
        jobs(values),
        new Containers(
            values.of(Settings.CONTAINERS_ENGINE).map(Path::of),
            values.of(Settings.CONTAINERS_CREDENTIALS).map(Path::of)),
        new Agent(values.of(Settings.AGENT_COORDINATOR), values.of(Settings.AGENT_MAX_RETRY)),
        new Coordinator(
            values.of(Settings.COORDINATOR_LISTEN),
            values.of(Settings.COORDINATOR_NAME),
            values.of(Settings.COORDINATOR_HEARTBEAT),
            values.of(Settings.COORDINATOR_LEASE),
            values.of(Settings.COORDINATOR_CHALLENGE_EVERY)),
        new Log(values.of(Settings.LOG_SERVE)));
  }

  private static OwnerTerms owner(Values values) {
    Optional<Long> load = values.of(Settings.OWNER_IDLE_LOAD);
    return new OwnerTerms(
        new Hours(
            values.of(Settings.OWNER_HOURS).stream()
                .map(text -> Hours.window(text).orElseThrow())
                .toList()),
        load.map(OptionalLong::of).orElse(OptionalLong.empty()),
        values.of(Settings.OWNER_IDLE_INPUT),
        values
            .of(Settings.OWNER_VETO)
            .map(
                program ->
                    new VetoHook(
                        Path.of(program),
                        values.of(Settings.OWNER_VETO_TIME),
                        values.of(Settings.OWNER_VETO_USER))));
  }

  private static OwnerPolicy jobs(Values values) {
    return new OwnerPolicy(
        values.of(Settings.JOBS_PROCESS),
        new Resources(
            values.of(Settings.JOBS_MAX_MEMORY),
            values.of(Settings.JOBS_MAX_CPUS),
            values.of(Settings.JOBS_MAX_PROCESSES)),
        values.of(Settings.JOBS_MAX_TIME),
        values.of(Settings.JOBS_MAX_OUTPUT),
        new Resources(
            values.of(Settings.JOBS_KEEP_MEMORY),
            values.of(Settings.JOBS_KEEP_CPUS),
            OwnerPolicy.DEFAULT.keptForOwner().processes()),
        values.of(Settings.JOBS_USER),
        new ContainerPolicy(
            values.of(Settings.CONTAINERS_ENABLED),
            values.of(Settings.CONTAINERS_IMAGES).stream().map(ImagePattern::new).toList(),
            values.of(Settings.CONTAINERS_ARCHIVES).stream().map(UrlPattern::new).toList(),
            values.of(Settings.CONTAINERS_NETWORK),
            values.of(Settings.CONTAINERS_GPUS),
            values.of(Settings.CONTAINERS_MAX_DISK),
            values.of(Settings.CONTAINERS_MAX_IMAGE),
            values.of(Settings.CONTAINERS_PULL_PATIENCE)));
  }
}
