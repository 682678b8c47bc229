package dev.assay.cli.config;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.ImagePattern;
import dev.assay.job.NetworkMode;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.UrlPattern;
import dev.assay.owner.Hours;
import dev.assay.wire.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every key of {@code assay.toml}, in the order in which it is explained. */
final class Settings {
  private static final long MIB = 1L << 20;
  private static final long MOST_MEMORY = 1L << 50;
  private static final long MOST_MILLI_CPUS = 4_096_000;
  private static final OwnerPolicy JOBS = OwnerPolicy.DEFAULT;
  private static final ContainerPolicy CONTAINERS = JOBS.containers();
  private static final Kind<String> PATH =
      Kind.text("an absolute path", Pattern.compile("/[ -~&&[^\"\\\\]]{1,255}"));

  private static final Kind<String> USER =
      Kind.text("the name of a user of this host", Pattern.compile("[a-z_][a-z0-9_-]{0,31}"));

  static final Setting<Boolean> PROOFS_ENABLED =
      new Setting<>(
          "proofs.enabled",
          Kind.flag(),
          true,
          "Whether challenges are answered with proofs; false refuses every one.");
  static final Setting<Duration> PROOFS_MAX_TIME =
      new Setting<>(
          "proofs.max-time",
          Kind.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
          Duration.ofMinutes(10),
          "The longest deadline that a challenge may set: one asking for more is refused.");
  static final Setting<Optional<Long>> PROOFS_MAX_MEMORY =
      new Setting<>(
          "proofs.max-memory",
          Kind.optional(Kind.size(MIB, MOST_MEMORY)),
          Optional.empty(),
          "The most memory that one proof may take; left out: all that is free.");
  static final Setting<Boolean> PROOFS_BESIDE_JOBS =
      new Setting<>(
          "proofs.beside-jobs",
          Kind.flag(),
          false,
          "Whether a proof may run beside a job; otherwise it is refused, and a job's start ends"
              + " it.");

  static final Setting<List<String>> OWNER_HOURS =
      new Setting<>(
          "owner.hours",
          Kind.texts(
              "times of the week such as \"Mon-Fri 18:00-08:00\" or \"Sat,Sun\"",
              text -> Hours.window(text).isPresent()),
          List.of(),
          "When jobs and proofs may begin, by this host's clock; [] is at all times. What runs goes"
              + " on.");
  static final Setting<Optional<Long>> OWNER_IDLE_LOAD =
      new Setting<>(
          "owner.idle-load",
          Kind.optional(Kind.load(MOST_MILLI_CPUS)),
          Optional.empty(),
          "The highest load average of the last minute, jobs and proofs included, at which one may"
              + " begin; left out: any.");
  static final Setting<Optional<Duration>> OWNER_IDLE_INPUT =
      new Setting<>(
          "owner.idle-input",
          Kind.optional(Kind.duration(Duration.ofSeconds(10), Duration.ofDays(30))),
          Optional.empty(),
          "How long nobody may have typed at a terminal before a job or proof may begin; graphical"
              + " sessions are not seen. Left out: it does not matter.");
  static final Setting<Optional<String>> OWNER_VETO =
      new Setting<>(
          "owner.veto",
          Kind.optional(PATH),
          Optional.empty(),
          "A program that is asked about each job: it reads the specification as JSON, and any exit"
              + " code but 0 refuses the job with the first line that it writes.");
  static final Setting<Duration> OWNER_VETO_TIME =
      new Setting<>(
          "owner.veto-time",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          "How long that program may take; then the job is refused.");
  static final Setting<Optional<String>> OWNER_VETO_USER =
      new Setting<>(
          "owner.veto-user",
          Kind.optional(USER),
          Optional.empty(),
          "The user that it runs as, needed where the agent runs as root; otherwise the agent's"
              + " own.");

  static final Setting<Boolean> JOBS_PROCESS =
      new Setting<>(
          "jobs.process",
          Kind.flag(),
          JOBS.processRuntime(),
          "Whether jobs may run as plain processes. They see this host's files: off by default.");
  static final Setting<Long> JOBS_MAX_MEMORY =
      new Setting<>(
          "jobs.max-memory",
          Kind.size(4 * MIB, MOST_MEMORY),
          JOBS.perJob().memoryBytes(),
          "The most memory that one job may ask for.");
  static final Setting<Long> JOBS_MAX_CPUS =
      new Setting<>(
          "jobs.max-cpus",
          Kind.processors(10, MOST_MILLI_CPUS),
          JOBS.perJob().milliCpus(),
          "The most processors that one job may ask for.");
  static final Setting<Long> JOBS_MAX_PROCESSES =
      new Setting<>(
          "jobs.max-processes",
          Kind.count(1, 1 << 20),
          JOBS.perJob().processes(),
          "The most processes and threads that one job may have at once.");
  static final Setting<Duration> JOBS_MAX_TIME =
      new Setting<>(
          "jobs.max-time",
          Kind.duration(Duration.ofSeconds(1), Duration.ofDays(366)),
          JOBS.maxTime(),
          "The longest time limit that a job may ask for.");
  static final Setting<Long> JOBS_MAX_OUTPUT =
      new Setting<>(
          "jobs.max-output",
          Kind.size(1024, MOST_MEMORY),
          JOBS.maxOutputBytes(),
          "The most that each of a job's two outputs may hold.");
  static final Setting<Long> JOBS_KEEP_MEMORY =
      new Setting<>(
          "jobs.keep-memory",
          Kind.size(0, MOST_MEMORY),
          JOBS.keptForOwner().memoryBytes(),
          "Memory that is never given to jobs.");
  static final Setting<Long> JOBS_KEEP_CPUS =
      new Setting<>(
          "jobs.keep-cpus",
          Kind.processors(0, MOST_MILLI_CPUS),
          JOBS.keptForOwner().milliCpus(),
          "Processors that are never given to jobs.");
  static final Setting<Optional<String>> JOBS_USER =
      new Setting<>(
          "jobs.user",
          Kind.optional(USER),
          JOBS.user(),
          "The user that process jobs run as; left out: the agent's own.");

  static final Setting<Boolean> CONTAINERS_ENABLED =
      new Setting<>(
          "containers.enabled",
          Kind.flag(),
          CONTAINERS.enabled(),
          "Whether jobs may run in containers, made by Podman or Docker.");
  static final Setting<List<String>> CONTAINERS_IMAGES =
      new Setting<>(
          "containers.images",
          Kind.texts(
              "images such as \"docker.io/library/*\" or \"sha256:...\"", ImagePattern::isPattern),
          CONTAINERS.images().stream().map(ImagePattern::text).toList(),
          "Which images they may be made of, by their full references; * stands for any text.");
  static final Setting<List<String>> CONTAINERS_ARCHIVES =
      new Setting<>(
          "containers.archives",
          Kind.texts("URLs such as \"https://images.example/*\"", UrlPattern::isPattern),
          CONTAINERS.archives().stream().map(UrlPattern::text).toList(),
          "From where this host may fetch images as files; * stands for any text.");
  static final Setting<NetworkMode> CONTAINERS_NETWORK =
      new Setting<>(
          "containers.network",
          Kind.word("none or outbound", NetworkMode::of, NetworkMode::word),
          CONTAINERS.network(),
          "The most that they may reach; outbound is all that this host reaches.");
  static final Setting<List<String>> CONTAINERS_GPUS =
      new Setting<>(
          "containers.gpus",
          Kind.texts(
              "UUIDs of devices such as \"GPU-8a1b*\"",
              Pattern.compile("[A-Za-z0-9*-]{1,64}").asMatchPredicate()),
          CONTAINERS.gpus(),
          "Which devices they may have, each for one job alone; * stands for any text.");
  static final Setting<Long> CONTAINERS_MAX_DISK =
      new Setting<>(
          "containers.max-disk",
          Kind.size(0, MOST_MEMORY),
          CONTAINERS.maxDiskBytes(),
          "The most that one may write besides /tmp; with 0 every one is read-only.");
  static final Setting<Long> CONTAINERS_MAX_IMAGE =
      new Setting<>(
          "containers.max-image",
          Kind.size(MIB, MOST_MEMORY),
          CONTAINERS.maxImageBytes(),
          "The most that the layers of an image may weigh as they are pulled.");
  static final Setting<Duration> CONTAINERS_PULL_PATIENCE =
      new Setting<>(
          "containers.pull-patience",
          Kind.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
          CONTAINERS.pullPatience(),
          "How long a pull may come no further before it is given up.");
  static final Setting<Optional<String>> CONTAINERS_ENGINE =
      new Setting<>(
          "containers.engine",
          Kind.optional(PATH),
          Optional.empty(),
          "The socket of the engine; left out: CONTAINER_HOST, DOCKER_HOST or a usual place.");
  static final Setting<Optional<String>> CONTAINERS_CREDENTIALS =
      new Setting<>(
          "containers.credentials",
          Kind.optional(PATH),
          Optional.empty(),
          "A file with credentials for registries, as podman login or docker login writes it.");

  static final Setting<Optional<Address>> AGENT_COORDINATOR =
      new Setting<>(
          "agent.coordinator",
          Kind.optional(Kind.address()),
          Optional.empty(),
          "Where the coordinator is reached; left out: where the join token said.");
  static final Setting<Duration> AGENT_MAX_RETRY =
      new Setting<>(
          "agent.max-retry",
          Kind.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          Duration.ofMinutes(1),
          "The longest wait between two attempts to reach the coordinator.");

  static final Setting<Address> COORDINATOR_LISTEN =
      new Setting<>(
          "coordinator.listen",
          Kind.address(),
          new Address("127.0.0.1", 7443),
          "Where a coordinator listens for nodes; 0.0.0.0 is every address of the host.");
  static final Setting<String> COORDINATOR_NAME =
      new Setting<>(
          "coordinator.name",
          Kind.text("1 to 64 printable characters", Pattern.compile("[ -~&&[^\"\\\\]]{1,64}")),
          "assay coordinator",
          "The coordinator's name, for people.");
  static final Setting<Duration> COORDINATOR_HEARTBEAT =
      new Setting<>(
          "coordinator.heartbeat",
          Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          "How often coordinator and node tell each other that they live.");
  static final Setting<Duration> COORDINATOR_LEASE =
      new Setting<>(
          "coordinator.lease",
          Kind.duration(Duration.ofSeconds(2), Duration.ofHours(1)),
          Duration.ofSeconds(30),
          "How long a silent node keeps its session; longer than a heartbeat.");
  static final Setting<Optional<Duration>> COORDINATOR_CHALLENGE_EVERY =
      new Setting<>(
          "coordinator.challenge-every",
          Kind.optional(Kind.duration(Duration.ofSeconds(10), Duration.ofDays(30))),
          Optional.of(Duration.ofHours(1)),
          "How often a node is challenged on average, at random times.");

  static final Setting<Address> LOG_SERVE =
      new Setting<>(
          "log.serve",
          Kind.address(),
          new Address("127.0.0.1", 7480),
          "Where \"assay log serve\" serves the public log over HTTP.");

  static final List<Setting<?>> ALL =
      List.of(
          PROOFS_ENABLED,
          PROOFS_MAX_TIME,
          PROOFS_MAX_MEMORY,
          PROOFS_BESIDE_JOBS,
          OWNER_HOURS,
          OWNER_IDLE_LOAD,
          OWNER_IDLE_INPUT,
          OWNER_VETO,
          OWNER_VETO_TIME,
          OWNER_VETO_USER,
          JOBS_PROCESS,
          JOBS_MAX_MEMORY,
          JOBS_MAX_CPUS,
          JOBS_MAX_PROCESSES,
          JOBS_MAX_TIME,
          JOBS_MAX_OUTPUT,
          JOBS_KEEP_MEMORY,
          JOBS_KEEP_CPUS,
          JOBS_USER,
          CONTAINERS_ENABLED,
          CONTAINERS_IMAGES,
          CONTAINERS_ARCHIVES,
          CONTAINERS_NETWORK,
          CONTAINERS_GPUS,
          CONTAINERS_MAX_DISK,
          CONTAINERS_MAX_IMAGE,
          CONTAINERS_PULL_PATIENCE,
          CONTAINERS_ENGINE,
          CONTAINERS_CREDENTIALS,
          AGENT_COORDINATOR,
          AGENT_MAX_RETRY,
          COORDINATOR_LISTEN,
          COORDINATOR_NAME,
          COORDINATOR_HEARTBEAT,
          COORDINATOR_LEASE,
          COORDINATOR_CHALLENGE_EVERY,
          LOG_SERVE);

  private Settings() {}
}
