package dev.assay.owner;

import dev.assay.job.JobId;
import dev.assay.job.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of the owner's that is asked about each job before it is taken on. It gets the job's
 * specification as JSON on standard input and its id in {@code ASSAY_JOB}, nothing of the agent's
 * environment but {@code PATH}, and the root directory to work in. Exit code 0 lets the job in;
 * with any other the first line that it writes, to either output, is the reason why not. A program
 * that cannot be run, or does not end in time, lets nothing in.
 *
 * @param program its absolute path
 * @param limit how long it may take; then it is killed with what it has started
 * @param user whom it runs as where the agent is root; it never runs as root
 */
public record VetoHook(Path program, Duration limit, Optional<String> user) {
  private static final String SETTING = "owner.veto";
  private static final int MAX_OUTPUT = 4 << 10;
  private static final int MAX_REASON = 500;
  private static final long LAST_OUTPUT_MILLIS = 500;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  /** What the program says against the job, or what keeps it from being asked. */
  public Optional<Refusal> refusal(JobId job, byte[] spec) throws InterruptedException {
    try {
      if (Files.getPosixFilePermissions(program).stream().anyMatch(OTHERS::contains)) {
        return refuse(SETTING, program + " may be written by others than its owner: chmod go-w it");
      }
      if (!Files.isExecutable(program)) {
        return refuse(SETTING, program + " is not executable: chmod +x it");
      }
      boolean root = isRoot();
      if (root && user.isEmpty()) {
        return refuse(
            "owner.veto-user", "the agent runs as root, and nobody is named to run the veto as");
      }
      List<String> command = root ? asUser(user.get()) : new ArrayList<>();
      command.add(program.toString());
      return ask(command, job, spec);
    } catch (IOException e) {
      return refuse(SETTING, "the owner's program cannot be run: " + e.getMessage());
    }
  }

  private Optional<Refusal> ask(List<String> command, JobId job, byte[] spec)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path, "ASSAY_JOB", job.value()));
    Process process = builder.start();
    try {
      CompletableFuture<String> said = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> give(process.getOutputStream(), spec));
      Thread.ofVirtual().start(() -> listen(process.getInputStream(), said));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return refuse(
            SETTING,
            "the owner's program did not answer within its %d ms (owner.veto-time)"
                .formatted(limit.toMillis()));
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : refuse(SETTING, reason(said, process.exitValue()));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A program need not read what it gets. */
  private static void give(OutputStream in, byte[] spec) {
    try (in) {
      in.write(spec);
    } catch (IOException notRead) {
      // It decides without.
    }
  }

  /** Tells the first line, and reads on to the end, so that the program is never held up. */
  private static void listen(InputStream out, CompletableFuture<String> said) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (out) {
      for (int next = out.read(); next >= 0; next = out.read()) {
        if (next == '\n') {
          said.complete(line.toString(StandardCharsets.UTF_8));
        } else if (line.size() < MAX_OUTPUT) {
          line.write(next);
        }
      }
    } catch (IOException ended) {
      // What was read until then is all there is.
    }
    said.complete(line.toString(StandardCharsets.UTF_8));
  }

  /** Something that the program has started may hold its output open; it is not waited for. */
  private static String reason(CompletableFuture<String> said, int exitCode)
      throws InterruptedException {
    String line = "";
    try {
      line = said.get(LAST_OUTPUT_MILLIS, TimeUnit.MILLISECONDS).strip();
    } catch (ExecutionException | TimeoutException notSaid) {
      // The exit code is all there is.
    }
    String plain = line.replaceAll("\\p{Cntrl}", "");
    if (plain.isEmpty()) {
      return "the owner's program refuses the job with exit code " + exitCode;
    }
    return plain.substring(0, Math.min(plain.length(), MAX_REASON));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> asUser(String name) throws IOException, InterruptedException {
    int uid = id("-u", name);
    if (uid == 0) {
      throw new IOException("owner.veto-user is root, and it is to run without root's rights");
    }
    return new ArrayList<>(
        List.of(
            "setpriv",
            "--reuid=" + uid,
            "--regid=" + id("-g", name),
            "--clear-groups",
            "--no-new-privs"));
  }

  private static int id(String option, String name) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("id", option, "--", name).redirectErrorStream(true).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("owner.veto-user: there is no user '" + name + "' on this host");
    }
    return Integer.parseInt(answer);
  }

  private static Optional<Refusal> refuse(String setting, String reason) {
    return Optional.of(new Refusal(setting, reason));
  }
}
