package dev.assay.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path root;

  @Test
  @Timeout(20)
  void aReadThatHangsIsGivenUpAndTheOthersGoOn() throws Exception {
    Files.createDirectories(root.resolve("proc"));
    assertThat(
            new ProcessBuilder("mkfifo", root.resolve("proc/meminfo").toString()).start().waitFor())
        .isZero();
    Files.writeString(root.resolve("proc/uptime"), "12.5 3\n");

    RawHost raw = new HostFiles(root, SHORT).acquire();

    assertThat(raw.raw("proc/meminfo")).isEqualTo(new Raw.Failed("no answer within 100 ms"));
    assertThat(raw.text("proc/uptime")).contains("12.5 3");
  }

  @Test
  @Timeout(20)
  void aProgramThatHangsIsKilled() throws Exception {
    Path program = root.resolve("usr/bin/docker");
    Files.createDirectories(program.getParent());
    Files.writeString(
        program, "#!/bin/sh\necho $$ > " + root.resolve("pid") + "\nexec sleep 600\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    RawHost raw = new HostFiles(root, Duration.ofSeconds(1)).acquire();

    assertThat(raw.raw("version/docker")).isInstanceOf(Raw.Failed.class);
    long pid = Long.parseLong(Files.readString(root.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).map(p -> p.onExit().join().isAlive()).orElse(false)).isFalse();
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() throws Exception {
    Files.createDirectories(root.resolve("proc/cpuinfo"));

    RawHost raw = new HostFiles(root, SHORT).acquire();

    assertThat(raw.raw("proc/cpuinfo")).isInstanceOf(Raw.Failed.class);
    assertThat(raw.raw("proc/meminfo")).isEqualTo(new Raw.Absent());
  }

  @Test
  void namesComeInTheOrderOfTheirNumbers() throws Exception {
    for (String cpu : new String[] {"cpu10", "cpu9", "cpu0"}) {
      Path file = root.resolve("sys/devices/system/cpu/" + cpu + "/topology/core_id");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "0");
    }

    RawHost raw = new HostFiles(root, SHORT).acquire();

    assertThat(raw.names("sys/devices/system/cpu")).containsExactly("cpu0", "cpu9", "cpu10");
  }
}
