package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerSpec;
import dev.assay.job.JobSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.Outcome;
import dev.assay.job.Restart;
import dev.assay.runtime.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What loosens a container's isolation: devices and a network. */
class ContainerDevicesTest {
  private static final String GPU = "GPU-assay-test-" + ProcessHandle.current().pid();

  @TempDir Path home;

  private static JobSpec with(NetworkMode network, String gpu, String script) {
    return ContainerJobs.sh(script)
        .in(
            new ContainerSpec(
                TestEngine.IMAGE,
                Optional.empty(),
                network,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Restart.NEVER,
                gpu.isEmpty() ? List.of() : List.of(gpu)));
  }

  @Test
  void podmanGivesTheDeviceOfThatUuidAndNoOther() throws Exception {
    Path specification = Path.of("/run/cdi/assay-test-" + ProcessHandle.current().pid() + ".json");
    Files.createDirectories(specification.getParent());
    Files.writeString(
        specification,
        """
        {"cdiVersion": "0.3.0", "kind": "nvidia.com/gpu", "devices": [
          {"name": "%s", "containerEdits": {"env": ["DEVICE=mine"],
            "deviceNodes": [{"path": "/dev/kmsg"}]}},
          {"name": "GPU-assay-other", "containerEdits": {"env": ["DEVICE=other"]}}]}
        """
            .formatted(GPU));
    try (ContainerJobs jobs = new ContainerJobs(TestEngine.PODMAN, home)) {
      jobs.run("leased", with(NetworkMode.NONE, GPU, "echo $DEVICE; ls /dev/kmsg"));
      jobs.run("bare", with(NetworkMode.NONE, "", "echo -$DEVICE-; ls /dev/kmsg 2>/dev/null"));
      Outcome unknown =
          jobs.run("unknown", with(NetworkMode.NONE, "GPU-none", "echo ran")).outcome();

      assertThat(jobs.output("leased")).isEqualTo("mine\n/dev/kmsg\n");
      assertThat(jobs.output("bare")).isEqualTo("--\n");
      assertThat(unknown).isInstanceOf(Outcome.FailedToStart.class);
      assertThat(unknown.sentence()).contains("nvidia.com/gpu=GPU-none");
    } finally {
      Files.delete(specification);
    }
  }

  @Test
  void dockerWithoutCdiHandsTheUuidToTheVendorsHook() throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(TestEngine.DOCKER, home)) {
      Outcome end =
          jobs.run("leased", with(NetworkMode.NONE, GPU, "echo $NVIDIA_VISIBLE_DEVICES")).outcome();

      assertThat(end).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("leased")).isEqualTo(GPU + "\n");
    }
  }

  @Test
  void outboundHasAWayOutAndNoWayToTheHostsOwnAddresses() throws Exception {
    try (TestRegistry registry = new TestRegistry(TestEngine.PODMAN.rootfs());
        ContainerJobs jobs = new ContainerJobs(TestEngine.PODMAN, home)) {
      jobs.run(
          "outbound",
          with(
              NetworkMode.OUTBOUND,
              "",
              """
              ip route | grep -c '^default'
              nc -w 1 127.0.0.1 %1$d </dev/null || echo not on itself
              nc -w 1 10.0.2.2 %1$d </dev/null || echo not on the host
              """
                  .formatted(EngineProcess.REGISTRY_PORT)));

      assertThat(jobs.output("outbound")).isEqualTo("1\nnot on itself\nnot on the host\n");
      assertThat(registry.digest()).isNotEmpty();
    }
  }

  @Test
  void aNeighbourOfHostileJobsIsUnharmed() throws Exception {
    try (ContainerJobs jobs = new ContainerJobs(TestEngine.PODMAN, home)) {
      Execution neighbour =
          jobs.start(
              "neighbour",
              ContainerJobs.sh(
                  "i=0; while [ $i -lt 20 ]; do echo $i; i=$((i+1)); sleep 0.1; done"));
      jobs.awaitOutput("neighbour", "0\n");
      Execution bomb = jobs.start("bomb", ContainerJobs.sh("f() { f | f & }; f; sleep 1"));
      Execution hog = jobs.start("hog", ContainerJobs.command("tail", "/dev/zero"));
      Execution flood = jobs.start("flood", ContainerJobs.command("yes"));

      assertThat(ContainerJobs.end(hog).outcome()).isEqualTo(new Outcome.OutOfMemory());
      ContainerJobs.end(flood);
      ContainerJobs.end(bomb);
      assertThat(ContainerJobs.end(neighbour).outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(jobs.output("neighbour").lines()).hasSize(20);
    }
  }
}
