package dev.assay.runtime.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.TmpfsOptions;
import dev.assay.job.NetworkMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How Docker makes a container. User namespaces are its daemon's to set, for all of them. */
final class DockerMaker implements EngineApi.Maker {
  private static final long CPU_PERIOD_MICROS = 100_000;
  private static final int OOM_SCORE = 500;

  private final EngineConnection connection;
  private final DockerClient docker;
  private final boolean cdi;

  DockerMaker(EngineConnection connection) throws EngineException {
    this.connection = connection;
    this.docker = connection.docker();
    this.cdi = !connection.get("/info").path("CDISpecDirs").isEmpty();
  }

  @Override
  public void create(ContainerPlan plan) throws EngineException {
    try {
      create(plan, plan.writableBytes().isPresent());
    } catch (EngineException e) {
      if (plan.writableBytes().isEmpty() || !e.getMessage().contains("storage")) {
        throw e;
      }
      // This storage driver has no quota: the agent watches instead.
      create(plan, false);
    }
  }

  @Override
  public ContainerOutput output(String name, Path log) {
    return new DockerLog(connection.streams(), name);
  }

  private void create(ContainerPlan plan, boolean quota) throws EngineException {
    HostConfig host = host(plan);
    if (!plan.gpus().isEmpty()) {
      host.withDeviceRequests(List.of(devices(plan)));
    }
    if (quota) {
      host.withStorageOpt(Map.of("size", Long.toString(plan.writableBytes().getAsLong())));
    }
    CreateContainerCmd command =
        docker
            .createContainerCmd(plan.image().id())
            .withName(plan.name())
            .withLabels(plan.labels())
            .withEnv(plan.variables())
            .withHostConfig(host);
    if (!plan.command().isEmpty()) {
      command.withEntrypoint(plan.command()).withCmd(List.of());
    }
    try {
      command.exec();
    } catch (ConflictException e) {
      // Made before: a name names one container.
    } catch (DockerException e) {
      throw EngineException.refused(EngineConnection.sentence(e));
    } catch (RuntimeException e) {
      throw EngineConnection.unreachable(e);
    }
  }

  /** Where Docker knows no CDI, NVIDIA's own hook puts devices into containers. */
  private DeviceRequest devices(ContainerPlan plan) {
    return cdi
        ? new DeviceRequest().withDriver("cdi").withDeviceIds(plan.cdiDevices())
        : new DeviceRequest().withDeviceIds(plan.gpus()).withCapabilities(List.of(List.of("gpu")));
  }

  private static HostConfig host(ContainerPlan plan) {
    long memory = plan.resources().memoryBytes();
    return HostConfig.newHostConfig()
        .withReadonlyRootfs(plan.writableBytes().isEmpty())
        .withPrivileged(false)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withNetworkMode(plan.network() == NetworkMode.NONE ? "none" : "bridge")
        .withIpcMode("private")
        .withMemory(memory)
        .withMemorySwap(memory)
        .withCpuPeriod(CPU_PERIOD_MICROS)
        .withCpuQuota(plan.resources().milliCpus() * CPU_PERIOD_MICROS / 1000)
        .withPidsLimit(plan.resources().processes())
        .withOomScoreAdj(OOM_SCORE)
        .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777,size=" + plan.tmpBytes()))
        .withMounts(plan.image().volumes().stream().map(path -> volume(plan, path)).toList())
        .withRestartPolicy(RestartPolicy.noRestart())
        .withLogConfig(
            new LogConfig(
                LogConfig.LoggingType.LOCAL,
                Map.of(
                    "max-size",
                    Long.toString(plan.logBytes()),
                    "max-file",
                    "2",
                    "compress",
                    "false")));
  }

  /** An image's volume would be a directory of the host, and without a bound. */
  private static Mount volume(ContainerPlan plan, String path) {
    return new Mount()
        .withType(MountType.TMPFS)
        .withTarget(path)
        .withTmpfsOptions(new TmpfsOptions().withSizeBytes(plan.tmpBytes()));
  }
}
