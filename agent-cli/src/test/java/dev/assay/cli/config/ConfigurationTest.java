package dev.assay.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.ImagePattern;
import dev.assay.job.NetworkMode;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path directory;

  private Configuration load(String toml) throws IOException {
    return Configuration.load(Files.writeString(directory.resolve("assay.toml"), toml));
  }

  private List<String> problems(String toml) {
    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> load(toml));
    return thrown.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void withoutAFileEverythingIsAsUsual() throws Exception {
    Configuration usual = Configuration.load(directory.resolve("none.toml"));

    assertThat(usual.jobs()).isEqualTo(OwnerPolicy.DEFAULT);
    assertThat(usual.jobs().processRuntime()).isFalse();
    assertThat(usual.proofs())
        .isEqualTo(new Configuration.Proofs(true, Duration.ofMinutes(10), Optional.empty(), false));
    assertThat(usual).isEqualTo(load(""));
  }

  @Test
  void everySettingIsRead() throws Exception {
    Configuration set =
        load(
            """
            [proofs]
            enabled = false
            max-time = "90s"
            max-memory = "1.5GiB"

            [jobs]
            process = true
            max-memory = "4 GB"
            max-cpus = 1.5
            max-processes = 64
            max-time = "2h"
            max-output = 4096
            keep-memory = "2GiB"
            keep-cpus = 1
            user = "nobody"

            [containers]
            enabled = true
            images = ["docker.io/library/*", "sha256:%s"]
            archives = ["https://images.example/*"]
            network = "outbound"
            gpus = ["GPU-8a1b*"]
            max-disk = "10GiB"
            max-image = "20GiB"
            pull-patience = "30s"
            engine = "/run/podman/podman.sock"
            credentials = "/etc/assay/auth.json"

            [owner]
            hours = ["Mon-Fri 18:00-08:00", "Sat,Sun"]
            idle-load = 0.5
            idle-input = "15m"
            veto = "/etc/assay/veto"
            veto-time = "2s"
            veto-user = "nobody"

            [agent]
            coordinator = "[2001:db8::1]:7443"
            max-retry = "30s"

            [coordinator]
            listen = "0.0.0.0:7444"
            name = "Lab"
            heartbeat = "5s"
            lease = "15s"
            challenge-every = "10m"

            [log]
            serve = "127.0.0.1:8080"
            """
                .formatted("0".repeat(64)));

    assertThat(set.proofs())
        .isEqualTo(
            new Configuration.Proofs(false, Duration.ofSeconds(90), Optional.of(3L << 29), false));
    assertThat(set.owner())
        .isEqualTo(
            new OwnerTerms(
                new Hours(
                    List.of(
                        Hours.window("Mon-Fri 18:00-08:00").orElseThrow(),
                        Hours.window("Sat,Sun").orElseThrow())),
                OptionalLong.of(500),
                Optional.of(Duration.ofMinutes(15)),
                Optional.of(
                    new VetoHook(
                        Path.of("/etc/assay/veto"),
                        Duration.ofSeconds(2),
                        Optional.of("nobody")))));
    assertThat(set.jobs())
        .isEqualTo(
            new OwnerPolicy(
                true,
                new Resources(4_000_000_000L, 1500, 64),
                Duration.ofHours(2),
                4096,
                new Resources(2L << 30, 1000, 0),
                Optional.of("nobody"),
                new ContainerPolicy(
                    true,
                    List.of(
                        new ImagePattern("docker.io/library/*"),
                        new ImagePattern("sha256:" + "0".repeat(64))),
                    List.of(new UrlPattern("https://images.example/*")),
                    NetworkMode.OUTBOUND,
                    List.of("GPU-8a1b*"),
                    10L << 30,
                    20L << 30,
                    Duration.ofSeconds(30))));
    assertThat(set.containers().engine()).contains(Path.of("/run/podman/podman.sock"));
    assertThat(set.containers().credentials()).contains(Path.of("/etc/assay/auth.json"));
    assertThat(set.agent().coordinator()).contains(new Address("2001:db8::1", 7443));
    assertThat(set.coordinator().lease()).isEqualTo(Duration.ofSeconds(15));
    assertThat(set.coordinator().challengeEvery()).contains(Duration.ofMinutes(10));
    assertThat(set.log().serve()).isEqualTo(new Address("127.0.0.1", 8080));
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsPlace() {
    assertThat(
            problems(
                """
                log = 3

                [proofs]
                enabeld = true
                max-time = "tomorrow"
                [jobs]
                max-memroy = "4GiB"
                max-cpus = 1e9
                keep-memory = "4 gigs"
                  process = "yes"
                max-processes = [1]
                frobnicate = 1
                [coordinater]
                """))
        .containsExactly(
            "1:1: log is a section: write [log] and its keys below",
            "4:1: there is no setting proofs.enabeld; did you mean proofs.enabled?",
            "5:1: proofs.max-time is \"tomorrow\", expected a time such as \"30s\", from 1s to 1d",
            "7:1: there is no setting jobs.max-memroy; did you mean jobs.max-memory?",
            "8:1: jobs.max-cpus is 1.0E9, expected a number of processors such as 1.5,"
                + " from 0.01 to 4096",
            "9:1: jobs.keep-memory is \"4 gigs\", expected a size such as \"4GiB\","
                + " from 0B to 1PiB",
            "10:3: jobs.process is \"yes\", expected true or false",
            "11:1: jobs.max-processes is a list, expected a whole number from 1 to 1048576",
            "12:1: there is no setting jobs.frobnicate",
            "13:1: there is no section [coordinater]; did you mean coordinator?");
  }

  @Test
  void hoursThatAreNoneAreReported() {
    assertThat(problems("[owner]\nhours = [\"Mon-Fri 18-8\"]\nidle-load = -1\n"))
        .containsExactly(
            "2:1: owner.hours is a list, expected a list of times of the week such as"
                + " \"Mon-Fri 18:00-08:00\" or \"Sat,Sun\"",
            "3:1: owner.idle-load is -1, expected a load average such as 0.5, from 0 to 4096");
  }

  @Test
  void whatIsNotTomlIsReportedTogetherWithTheRest() {
    assertThat(problems("[proofs]\nenabled = maybe\nmax-tiem = \"1s\"\n"))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("2:11: not TOML: "))
        .anyMatch(problem -> problem.contains("did you mean proofs.max-time?"));
  }

  @Test
  void settingsThatContradictEachOtherAreReported() {
    assertThat(problems("[coordinator]\nlease = \"5s\"\n"))
        .containsExactly(
            "2:1: coordinator.lease is 5s, expected more than coordinator.heartbeat,"
                + " which is 10s");
  }

  @Test
  void theExplainedFileReadsBackAsItself() throws Exception {
    Path file = Files.writeString(directory.resolve("assay.toml"), "[jobs]\nmax-cpus = 2.50\n");

    String explained = Configuration.explained(file);
    Path again = Files.writeString(directory.resolve("again.toml"), explained);

    assertThat(explained).contains("\nmax-cpus = 2.5\n", "\n# process = false\n");
    assertThat(Configuration.load(again)).isEqualTo(Configuration.load(file));
    String all = explained.replaceAll("(?m)^# ([a-z-]+ = [^…]*)$", "$1");
    assertThat(Configuration.load(Files.writeString(again, all)))
        .as("every usual value, written out, is allowed and means the same")
        .isEqualTo(Configuration.load(file));
  }
}
