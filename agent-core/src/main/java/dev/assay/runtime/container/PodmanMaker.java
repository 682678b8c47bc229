package dev.assay.runtime.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.job.NetworkMode;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How Podman makes a container: through its own interface ({@code /libpod}), for the one that it
 * shares with Docker drops devices without a word and cannot say where a log goes.
 */
final class PodmanMaker implements EngineApi.Maker {
  private static final String API = "/v4.0.0/libpod";
  private static final long CPU_PERIOD_MICROS = 100_000;
  private static final int OOM_SCORE = 500;

  /** Users of containers where the engine runs as root: a range that no host's users are in. */
  private static final long FIRST_USER = 0x6fff_0000L;

  private static final int USERS = 65_536;

  private final EngineConnection connection;
  private final boolean rootless;
  private final String outbound;

  PodmanMaker(EngineConnection connection) throws EngineException {
    this.connection = connection;
    JsonNode host = connection.get(API + "/info").path("host");
    this.rootless = host.path("security").path("rootless").asBoolean();
    this.outbound = outbound(host);
  }

  /** A network in user space where there is one: it leaves no rules on the host. */
  private static String outbound(JsonNode host) {
    for (String stack : new String[] {"pasta", "slirp4netns"}) {
      if (!host.path(stack).path("executable").asText().isEmpty()) {
        return stack;
      }
    }
    return "bridge";
  }

  @Override
  public void create(ContainerPlan plan) throws EngineException {
    try {
      PodmanLog.prepare(plan.log());
    } catch (IOException e) {
      throw EngineException.refused("the job's log cannot be made: " + e.getMessage());
    }
    ObjectNode request = request(plan);
    if (plan.writableBytes().isPresent()) {
      request
          .putObject("storage_opts")
          .put("size", Long.toString(plan.writableBytes().getAsLong()));
    }
    try {
      create(request);
    } catch (EngineException e) {
      if (!request.has("storage_opts")
          || !e.getMessage().toLowerCase(Locale.ROOT).contains("storage")) {
        throw e;
      }
      // This storage driver has no quota: the agent watches instead.
      request.remove("storage_opts");
      create(request);
    }
  }

  @Override
  public ContainerOutput output(String name, Path log) {
    return new PodmanLog(log);
  }

  private void create(ObjectNode request) throws EngineException {
    try {
      connection.post(API + "/containers/create", request);
    } catch (EngineException e) {
      if (!e.getMessage().contains("already in use")) {
        throw e;
      }
      // Made before: a name names one container.
    }
  }

  private ObjectNode request(ContainerPlan plan) {
    ObjectNode json = StrictJson.newObject();
    json.put("name", plan.name()).put("image", plan.image().id());
    plan.labels().forEach(json.putObject("labels")::put);
    if (!plan.command().isEmpty()) {
      plan.command().forEach(json.putArray("entrypoint")::add);
      json.putArray("command");
    }
    plan.environment().forEach(json.putObject("env")::put);
    json.put("env_host", false).put("httpproxy", false).put("systemd", "false");
    json.put("restart_policy", "no").put("timeout", plan.lifeSeconds());
    json.put("image_volume_mode", "tmpfs");
    plan.cdiDevices().forEach(device -> json.withArray("devices").addObject().put("path", device));
    isolate(json, plan);
    bound(json, plan);
    json.putObject("log_configuration")
        .put("driver", "k8s-file")
        .put("path", plan.log().toString())
        .put("size", plan.logBytes());
    return json;
  }

  private void isolate(ObjectNode json, ContainerPlan plan) {
    json.put("privileged", false)
        .put("read_only_filesystem", plan.writableBytes().isEmpty())
        .put("no_new_privileges", true);
    json.putArray("cap_drop").add("ALL");
    for (String namespace : new String[] {"pidns", "ipcns", "utsns"}) {
      json.putObject(namespace).put("nsmode", "private");
    }
    json.putObject("netns").put("nsmode", plan.network() == NetworkMode.NONE ? "none" : outbound);
    if (!rootless) {
      json.putObject("userns").put("nsmode", "private");
      ObjectNode mappings = json.putObject("idmappings");
      for (String kind : new String[] {"UIDMap", "GIDMap"}) {
        mappings
            .putArray(kind)
            .addObject()
            .put("container_id", 0)
            .put("host_id", FIRST_USER)
            .put("size", USERS);
      }
    }
  }

  private static void bound(ObjectNode json, ContainerPlan plan) {
    long memory = plan.resources().memoryBytes();
    ObjectNode limits = json.putObject("resource_limits");
    limits.putObject("memory").put("limit", memory).put("swap", memory);
    limits.putObject("pids").put("limit", plan.resources().processes());
    limits
        .putObject("cpu")
        .put("period", CPU_PERIOD_MICROS)
        .put("quota", plan.resources().milliCpus() * CPU_PERIOD_MICROS / 1000);
    json.put("oom_score_adj", OOM_SCORE);
    ObjectNode tmp =
        json.putArray("mounts")
            .addObject()
            .put("destination", "/tmp")
            .put("type", "tmpfs")
            .put("source", "tmpfs");
    ArrayNode options = tmp.putArray("options");
    options.add("rw").add("exec").add("nosuid").add("nodev").add("mode=1777");
    options.add("size=" + plan.tmpBytes());
  }
}
