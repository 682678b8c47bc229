package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OwnerPolicyTest {
  private static final Resources HOST = new Resources(1000, 4000, 0);
  private static final OwnerPolicy POLICY =
      new OwnerPolicy(
          true,
          new Resources(600, 3000, 10),
          Duration.ofMinutes(10),
          100,
          new Resources(200, 1000, 0),
          Optional.empty(),
          ContainerPolicy.DEFAULT);

  private static JobSpec asking(long memory, long cpus, long processes, long seconds) {
    return JobSpec.process(
        List.of("true"),
        Map.of(),
        new Resources(memory, cpus, processes),
        Duration.ofSeconds(seconds),
        Duration.ZERO,
        Optional.empty());
  }

  private static String refusal(JobSpec spec, Resources inUse) {
    return POLICY.refusal(spec, HOST, inUse).map(Refusal::setting).orElse("");
  }

  @Test
  void processesAreOffUntilTheOwnerTurnsThemOn() {
    JobSpec spec = asking(1, 1, 1, 1);

    assertThat(OwnerPolicy.DEFAULT.refusal(spec, HOST, Resources.NONE))
        .contains(
            new Refusal(
                "jobs.process", "the owner of this host does not run processes for others"));
    assertThat(
            OwnerPolicy.DEFAULT
                .withProcesses()
                .refusal(spec, new Resources(1L << 40, 4000, 0), Resources.NONE))
        .isEmpty();
  }

  private static JobSpec in(ContainerSpec container) {
    return asking(601, 1, 1, 1).in(container);
  }

  private static String refusal(ContainerPolicy policy, ContainerSpec container) {
    return POLICY
        .withContainers(policy)
        .refusal(in(container), new Resources(1L << 40, 4000, 0), Resources.NONE)
        .map(Refusal::toString)
        .orElse("");
  }

  @Test
  void eachRuleForContainersIsNamedWhenItIsBroken() {
    ContainerPolicy strict =
        new ContainerPolicy(
            true,
            List.of(new ImagePattern("docker.io/library/*")),
            List.of(new UrlPattern("https://images.example/*")),
            NetworkMode.NONE,
            List.of("GPU-1*"),
            100,
            1000,
            Duration.ofMinutes(1));
    ContainerSpec plain = ContainerSpec.of("busybox");
    JobSpec big = asking(601, 1, 1, 1).in(plain);

    assertThat(refusal(ContainerPolicy.DEFAULT, plain)).contains("containers.enabled");
    assertThat(refusal(ContainerPolicy.DEFAULT.allowed(), plain)).contains("jobs.max-memory");
    assertThat(POLICY.withContainers(strict).refusal(big, HOST, Resources.NONE).orElseThrow())
        .extracting(Refusal::setting)
        .isEqualTo("jobs.max-memory");
    assertThat(refusal(strict, ContainerSpec.of("quay.io/x")))
        .contains("containers.images", "quay.io/x:latest", "docker.io/library/*");
    assertThat(
            refusal(
                strict,
                new ContainerSpec(
                    "busybox",
                    Optional.empty(),
                    NetworkMode.OUTBOUND,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Restart.NEVER,
                    List.of())))
        .contains("containers.network", "'outbound'", "'none'");
    assertThat(
            refusal(
                strict,
                new ContainerSpec(
                    "busybox",
                    Optional.empty(),
                    NetworkMode.NONE,
                    OptionalLong.empty(),
                    OptionalLong.of(101),
                    Restart.NEVER,
                    List.of())))
        .contains("containers.max-disk", "101", "100");
    assertThat(
            refusal(
                strict,
                new ContainerSpec(
                    "busybox",
                    Optional.of(
                        new ImageArchive(URI.create("https://169.254.169.254/a"), "0".repeat(64))),
                    NetworkMode.NONE,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Restart.NEVER,
                    List.of())))
        .contains("containers.archives", "169.254.169.254");
  }

  @Test
  void eachLimitIsNamedWhenItIsPassedAndNotWhenItIsMet() {
    assertThat(refusal(asking(600, 3000, 10, 600), Resources.NONE)).isEmpty();
    assertThat(refusal(asking(601, 1, 1, 1), Resources.NONE)).isEqualTo("jobs.max-memory");
    assertThat(refusal(asking(1, 3001, 1, 1), Resources.NONE)).isEqualTo("jobs.max-cpus");
    assertThat(refusal(asking(1, 1, 11, 1), Resources.NONE)).isEqualTo("jobs.max-processes");
    assertThat(refusal(asking(1, 1, 1, 601), Resources.NONE)).isEqualTo("jobs.max-time");
  }

  @Test
  void whatIsKeptForTheOwnerAndWhatOtherJobsUseIsNotGiven() {
    Resources inUse = new Resources(500, 2500, 5);

    assertThat(refusal(asking(300, 500, 1, 1), inUse)).isEmpty();
    assertThat(refusal(asking(301, 500, 1, 1), inUse)).isEqualTo("jobs.keep-memory");
    assertThat(refusal(asking(300, 501, 1, 1), inUse)).isEqualTo("jobs.keep-cpus");
    assertThat(POLICY.refusal(asking(301, 1, 1, 1), HOST, inUse).orElseThrow().reason())
        .isEqualTo("the job asks for 301 bytes of memory and 300 are left for jobs now");
  }
}
