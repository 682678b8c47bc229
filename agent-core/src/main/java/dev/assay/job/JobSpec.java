package dev.assay.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a coordinator asks to be run. Written as
 *
 * <pre>{@code
 * {"runtime": "process", "command": ["sh", "-c", "echo $GREETING"],
 *  "environment": {"GREETING": "hello"},
 *  "resources": {"memoryBytes": 268435456, "milliCpus": 1000, "processes": 64},
 *  "timeLimitSeconds": 60, "graceSeconds": 10, "stopAfterDisconnectSeconds": 3600}
 * }</pre>
 *
 * The last member may be left out; everything else is required. A job in a container has the
 * runtime {@code container} and, after it, a member {@code container} as {@link ContainerSpec}
 * says. Standard input is always empty.
 *
 * @param container what the container is made of; empty if the job is a plain process
 * @param command the program and its arguments; a program without a slash is looked up in {@code
 *     PATH}. In a container it takes the place of the image's own entry point and command; empty
 *     there, those are run.
 * @param environment all that the job finds set besides {@code PATH}, {@code HOME} and what its
 *     image sets
 * @param timeLimit measured from the start; then the job is stopped
 * @param grace from the request to end (TERM) to the end by force (KILL)
 * @param stopAfterDisconnect how long the job goes on without its coordinator; empty if until its
 *     time limit
 */
public record JobSpec(
    Optional<ContainerSpec> container,
    List<String> command,
    Map<String, String> environment,
    Resources resources,
    Duration timeLimit,
    Duration grace,
    Optional<Duration> stopAfterDisconnect) {
  private static final int MAX_ARGUMENTS = 1024;
  private static final int MAX_ARGUMENT = 16 << 10;
  private static final int MAX_COMMAND = 64 << 10;
  private static final int MAX_VARIABLES = 256;
  private static final int MAX_VARIABLE = 16 << 10;
  private static final int MAX_ENVIRONMENT = 64 << 10;
  private static final long MAX_TIME_LIMIT = Duration.ofDays(366).toSeconds();
  private static final long MAX_GRACE = Duration.ofHours(1).toSeconds();
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** Takes copies; the environment is kept sorted by name. */
  public JobSpec {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /** Of a plain process. */
  public static JobSpec process(
      List<String> command,
      Map<String, String> environment,
      Resources resources,
      Duration timeLimit,
      Duration grace,
      Optional<Duration> stopAfterDisconnect) {
    return new JobSpec(
        Optional.empty(), command, environment, resources, timeLimit, grace, stopAfterDisconnect);
  }

  /** The same job in a container. */
  public JobSpec in(ContainerSpec other) {
    return new JobSpec(
        Optional.of(other), command, environment, resources, timeLimit, grace, stopAfterDisconnect);
  }

  /** The devices that it has for itself while it runs, by their UUIDs. */
  public List<String> gpus() {
    return container.map(ContainerSpec::gpus).orElse(List.of());
  }

  /** How it is run. */
  public RuntimeKind runtime() {
    return container.isPresent() ? RuntimeKind.CONTAINER : RuntimeKind.PROCESS;
  }

  /**
   * Reads a specification that fills {@code json} completely.
   *
   * @throws dev.assay.json.JsonException naming the first member that is wrong
   */
  public static JobSpec parse(JsonObject json) {
    String runtime = json.string("runtime", 32);
    RuntimeKind kind =
        RuntimeKind.of(runtime)
            .orElseThrow(
                () -> json.error("runtime", "expected process or container, found " + runtime));
    List<String> command = command(json, kind);
    Map<String, String> environment = environment(json);
    Resources resources = Resources.parse(json.object("resources"));
    Optional<ContainerSpec> container = container(json, kind, resources);
    Duration timeLimit = Duration.ofSeconds(json.integer("timeLimitSeconds", 1, MAX_TIME_LIMIT));
    Duration grace = Duration.ofSeconds(json.integer("graceSeconds", 0, MAX_GRACE));
    OptionalLong away =
        json.has("stopAfterDisconnectSeconds")
            ? OptionalLong.of(json.integer("stopAfterDisconnectSeconds", 0, MAX_TIME_LIMIT))
            : OptionalLong.empty();
    json.end();
    return new JobSpec(
        container,
        command,
        environment,
        resources,
        timeLimit,
        grace,
        away.isPresent() ? Optional.of(Duration.ofSeconds(away.getAsLong())) : Optional.empty());
  }

  /** The one way in which this specification is written. */
  public ObjectNode toJson() {
    ObjectNode json = StrictJson.newObject().put("runtime", runtime().word());
    container.ifPresent(asked -> json.set("container", asked.toJson()));
    ArrayNode arguments = json.putArray("command");
    command.forEach(arguments::add);
    ObjectNode variables = json.putObject("environment");
    environment.forEach(variables::put);
    json.set("resources", resources.toJson());
    json.put("timeLimitSeconds", timeLimit.toSeconds());
    json.put("graceSeconds", grace.toSeconds());
    stopAfterDisconnect.ifPresent(away -> json.put("stopAfterDisconnectSeconds", away.toSeconds()));
    return json;
  }

  /** The bytes of {@link #toJson}, of which the tokens of a job state the digest. */
  public byte[] bytes() {
    return StrictJson.bytes(toJson());
  }

  private static Optional<ContainerSpec> container(
      JsonObject json, RuntimeKind kind, Resources resources) {
    if (kind == RuntimeKind.CONTAINER) {
      return Optional.of(ContainerSpec.parse(json.object("container"), resources));
    }
    if (json.has("container")) {
      throw json.error("container", "only a job whose runtime is container has one");
    }
    return Optional.empty();
  }

  private static List<String> command(JsonObject json, RuntimeKind kind) {
    List<String> command = json.strings("command", MAX_ARGUMENTS, MAX_ARGUMENT);
    if (command.isEmpty() && kind == RuntimeKind.CONTAINER) {
      return command;
    }
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw json.error("command", "expected a program");
    }
    if (command.get(0).indexOf('=') >= 0) {
      throw json.error("command[0]", "a program's name must not contain '='");
    }
    int total = 0;
    for (int i = 0; i < command.size(); i++) {
      refuseNul(json, "command[" + i + "]", command.get(i));
      total += command.get(i).length() + 1;
    }
    if (total > MAX_COMMAND) {
      throw json.error("command", "longer than " + MAX_COMMAND + " characters altogether");
    }
    return command;
  }

  private static Map<String, String> environment(JsonObject json) {
    JsonObject given = json.object("environment");
    if (given.names().size() > MAX_VARIABLES) {
      throw json.error("environment", "more than " + MAX_VARIABLES + " variables");
    }
    Map<String, String> environment = new TreeMap<>();
    int total = 0;
    for (String name : given.names()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw json.error(
            "environment",
            "a variable's name is 1 to 128 letters, digits or '_' and starts with no digit");
      }
      String value = given.string(name, MAX_VARIABLE);
      refuseNul(given, name, value);
      total += name.length() + value.length() + 2;
      environment.put(name, value);
    }
    if (total > MAX_ENVIRONMENT) {
      throw json.error("environment", "longer than " + MAX_ENVIRONMENT + " characters altogether");
    }
    return environment;
  }

  /** A text with a NUL, or with half a surrogate pair, cannot be given to a program as it is. */
  private static void refuseNul(JsonObject json, String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw json.error(name, "must not contain a NUL character");
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw json.error(name, "contains half of a surrogate pair");
    }
  }
}
