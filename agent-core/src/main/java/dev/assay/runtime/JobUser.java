package dev.assay.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The user that jobs run as where the agent runs as root and its owner named one. */
record JobUser(int uid, int gid) {
  /**
   * Looks the user up.
   *
   * @throws IOException with a sentence for the owner if there is no such user
   */
  static JobUser find(String name) throws IOException, InterruptedException {
    return new JobUser(id("-u", name), id("-g", name));
  }

  /** The words that, put before a command, run it as this user, without a way back. */
  String prefix() {
    return "setpriv --reuid=%d --regid=%d --clear-groups --no-new-privs ".formatted(uid, gid);
  }

  /**
   * Gives the user the directory {@code work} and the way to it from {@code home}'s jobs.
   *
   * @throws IOException also where the user cannot get there because a directory further up is
   *     closed
   */
  void own(Path work) throws IOException {
    Files.setAttribute(work, "unix:gid", gid);
    Files.setAttribute(work, "unix:uid", uid);
    Path job = work.getParent();
    letThrough(job);
    letThrough(job.getParent());
    for (Path above = job.getParent(); above != null; above = above.getParent()) {
      if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new IOException(
            "the user of jobs.user cannot get through %s; let it (chmod o+x) or move the agent's home"
                .formatted(above));
      }
    }
  }

  private static void letThrough(Path directory) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(directory, permissions);
    }
  }

  private static int id(String option, String name) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("id", option, "--", name).redirectErrorStream(true).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), SupervisorFiles.TEXT).strip();
    if (process.waitFor() != 0) {
      throw new IOException("jobs.user: there is no user '" + name + "' on this host");
    }
    return Integer.parseInt(answer);
  }
}
