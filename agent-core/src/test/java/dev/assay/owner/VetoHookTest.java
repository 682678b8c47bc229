package dev.assay.owner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.JobId;
import dev.assay.job.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner's program, as real programs. */
@Timeout(60)
class VetoHookTest {
  private static final JobId JOB = new JobId("job-1");
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  @TempDir Path directory;

  private Path program(String script) throws Exception {
    // As root the program runs as nobody, who has to get to it.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = Files.writeString(directory.resolve("veto"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static VetoHook hook(Path program) {
    return new VetoHook(
        program, Duration.ofSeconds(20), ROOT ? Optional.of("nobody") : Optional.empty());
  }

  private Optional<Refusal> ask(String script) throws Exception {
    return hook(program(script)).refusal(JOB, "{\"runtime\":\"process\"}".getBytes(UTF_8));
  }

  @Test
  void exitCodeZeroLetsTheJobIn() throws Exception {
    assertThat(ask("grep -q '\"runtime\":\"process\"' && test $ASSAY_JOB = job-1")).isEmpty();
  }

  @Test
  void aJobMayBeLetInUnread() throws Exception {
    assertThat(hook(program("exit 0")).refusal(JOB, new byte[1 << 20])).isEmpty();
  }

  @Test
  void theFirstLineIsTheReason() throws Exception {
    assertThat(ask("echo 'not on Mondays' >&2; echo more; exit 7"))
        .contains(new Refusal("owner.veto", "not on Mondays"));
    assertThat(ask("exit 7").orElseThrow().reason()).endsWith("exit code 7");
    assertThat(ask("yes | head -c 1000000 | tr -d '\\n'; exit 1").orElseThrow().reason())
        .hasSize(500);
    assertThat(ask("yes | head -n 100000; exit 1").orElseThrow().reason()).isEqualTo("y");
  }

  @Test
  void whatItLeavesRunningHoldsNothingUp() throws Exception {
    long begun = System.nanoTime();
    assertThat(ask("sleep 30 & echo no; exit 1").orElseThrow().reason()).isEqualTo("no");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aProgramThatIsTooSlowIsKilledAndRefuses() throws Exception {
    Path alive = directory.resolve("alive");
    Path program = program("sleep 3; touch " + alive);
    VetoHook hurried = new VetoHook(program, Duration.ofMillis(300), hook(program).user());
    assertThat(hurried.refusal(JOB, new byte[0]))
        .contains(
            new Refusal(
                "owner.veto",
                "the owner's program did not answer within its 300 ms (owner.veto-time)"));
    Thread.sleep(3200);
    assertThat(alive).doesNotExist();
  }

  @Test
  void aProgramThatCannotBeRunRefuses() throws Exception {
    assertThat(hook(directory.resolve("none")).refusal(JOB, new byte[0]).orElseThrow().reason())
        .startsWith("the owner's program cannot be run:");
    Path program = program("exit 0");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(hook(program).refusal(JOB, new byte[0]).orElseThrow().reason())
        .contains("is not executable");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(hook(program).refusal(JOB, new byte[0]).orElseThrow().reason())
        .contains("may be written by others");
  }

  @Test
  void itNeverRunsAsRoot() throws Exception {
    if (ROOT) {
      Path program = program("exit 0");
      Duration limit = Duration.ofSeconds(20);
      assertThat(
              new VetoHook(program, limit, Optional.empty())
                  .refusal(JOB, new byte[0])
                  .orElseThrow()
                  .setting())
          .isEqualTo("owner.veto-user");
      assertThat(
              new VetoHook(program, limit, Optional.of("root"))
                  .refusal(JOB, new byte[0])
                  .orElseThrow()
                  .reason())
          .contains("owner.veto-user is root");
    }
    assertThat(ask("test $(id -u) != 0")).isEmpty();
  }

  @Test
  void itSeesNothingOfTheAgentsEnvironment() throws Exception {
    assertThat(
            ask(
                "test \"$(env | grep -c -v -e ^PATH= -e ^ASSAY_JOB= -e ^PWD= -e ^_= -e ^SHLVL=)\" = 0"))
        .isEmpty();
  }
}
