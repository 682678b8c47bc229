package dev.assay.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What this host has to run processes with. */
sealed interface ProcessHost {
  /** All that is needed. */
  record Fit(ControlGroups groups, Optional<JobUser> user) implements ProcessHost {}

  /** Something is missing: the setting that would have jobs run, and what to do. */
  record Unfit(String setting, String reason) implements ProcessHost {}

  /** Looks, and makes the group of this agent's jobs. */
  static ProcessHost look(Path home, Optional<String> user) throws InterruptedException {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return new Unfit("jobs.process", "processes are run on Linux only");
    }
    if (!hasTools()) {
      return new Unfit(
          "jobs.process",
          "this host lacks a tool that runs processes: it takes sh, find, mv, sleep, setsid of"
              + " util-linux 2.33 or newer and env of coreutils 8.31 or newer");
    }
    Optional<JobUser> jobUser = Optional.empty();
    try {
      if (user.isPresent()) {
        jobUser = Optional.of(JobUser.find(user.get()));
      }
    } catch (IOException e) {
      return new Unfit("jobs.user", e.getMessage());
    }
    try {
      return new Fit(ControlGroups.open(Path.of("/"), name(home)), jobUser);
    } catch (IOException e) {
      return new Unfit("jobs.process", e.getMessage());
    }
  }

  /** Names the host's present run, from its start to its end; empty where none is known. */
  static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Names a home among all of the host. */
  private static String name(Path home) {
    try {
      byte[] path = home.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean hasTools() throws InterruptedException {
    String use =
        "setsid --fork --wait env -i --default-signal sleep 0 && find / -maxdepth 0 && command -v"
            + " mv";
    try {
      return new ProcessBuilder("sh", "-c", use)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
