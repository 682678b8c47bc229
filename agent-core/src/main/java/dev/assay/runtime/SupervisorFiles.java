package dev.assay.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.job.JobSpec;
import dev.assay.job.StopReason;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The directory {@code run/} of a job: what the agent and the job's supervisor tell each other. The
 * script {@code supervise} says what each file is.
 *
 * <p>What the agent writes here before the supervisor starts need not outlive the host: a job whose
 * host was restarted has ended, whatever is written here.
 */
record SupervisorFiles(Path directory) {
  static final Charset TEXT = StandardCharsets.UTF_8;

  private static final String SCRIPT = script();
  private static final int MAX_TEXT = 4096;

  /** Which boot a job was started in, and its control groups. */
  record Place(String boot, List<Path> groups) {}

  static SupervisorFiles of(Path job) {
    return new SupervisorFiles(job.resolve("run"));
  }

  void writeSupervise(JobSpec spec, JobGroup group, long outputLimit) throws IOException {
    String settings =
        """
        limit=%d
        grace=%d
        cap=%d
        group=%s
        oom=%s
        """
            .formatted(
                spec.timeLimit().toMillis() / 10,
                spec.grace().toMillis() / 10,
                outputLimit,
                quote(group.main().toString()),
                quote(group.oomCount().toString()));
    Files.writeString(directory.resolve("settings"), settings);
    Files.writeString(directory.resolve("supervise"), SCRIPT);
  }

  /**
   * Starts the supervisor, in a session of its own so that no terminal's signal reaches it. A shell
   * cannot trap what was ignored when it started (as {@code nohup} does with HUP), so whatever the
   * agent ignores is set back first.
   */
  Process supervise() throws IOException {
    Path script = directory.toAbsolutePath().resolve("supervise");
    ProcessBuilder builder =
        new ProcessBuilder("env", "--default-signal", "setsid", "sh", script.toString())
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", CommandPath.DEFAULT);
    return builder.start();
  }

  /** Writes the script that becomes the job's program. */
  void writeLaunch(JobSpec spec, Path program, Path work, JobGroup group, Optional<JobUser> user)
      throws IOException {
    StringBuilder launch =
        new StringBuilder(
            """
            # Becomes the job's program: nothing is inherited but what is written here.
            umask 077
            exec </dev/null >>../stdout 2>failed
            """);
    for (Path directory : group.directories()) {
      launch
          .append("echo 0 >")
          .append(quote(directory.resolve("cgroup.procs").toString()))
          .append(" || exit 125\n");
    }
    launch.append(
        """
        cd ../work || exit 125
        read -r me <"/proc/$$/stat"
        echo "$me" >../run/started || exit 125
        exec 2>>../stderr
        """);
    launch.append("exec ").append(user.map(JobUser::prefix).orElse(""));
    launch.append("env -i --default-signal");
    append(launch, "PATH=" + CommandPath.DEFAULT);
    append(launch, "HOME=" + work);
    spec.environment().forEach((name, value) -> append(launch, name + "=" + value));
    append(launch, program.toString());
    spec.command().stream().skip(1).forEach(argument -> append(launch, argument));
    Files.writeString(directory.resolve("launch"), launch.append('\n'));
  }

  void writePlace(Place place) throws IOException {
    ObjectNode json = StrictJson.newObject().put("boot", place.boot());
    ArrayNode groups = json.putArray("groups");
    place.groups().forEach(group -> groups.add(group.toString()));
    Files.write(directory.resolve("place"), StrictJson.bytes(json));
  }

  /** Empty if the file is missing or damaged. */
  Optional<Place> place() {
    try {
      JsonObject json = StrictJson.object(Files.readAllBytes(directory.resolve("place")), "place");
      String boot = json.string("boot", 64);
      List<Path> groups = json.strings("groups", 8, MAX_TEXT).stream().map(Path::of).toList();
      json.end();
      return Optional.of(new Place(boot, groups));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes the right to start this job away from a supervisor that has not yet begun. */
  boolean claim() throws IOException {
    Files.createDirectories(directory);
    try {
      Files.createFile(directory.resolve("supervisor"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  Optional<ProcessStat> supervisor() {
    return text("supervisor").flatMap(ProcessStat::parse);
  }

  Optional<ProcessStat> watcher() {
    return text("watcher").flatMap(ProcessStat::parse);
  }

  Optional<StartedProcess> started() {
    return text("started")
        .flatMap(ProcessStat::parse)
        .flatMap(
            stat ->
                written("started")
                    .map(at -> new StartedProcess(stat.pid(), stat.startTicks(), at)));
  }

  boolean hasExit() {
    return Files.exists(directory.resolve("exit"));
  }

  /** When a file was written, if it is there. */
  Optional<Instant> written(String file) {
    try {
      return Optional.of(Files.getLastModifiedTime(directory.resolve(file)).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A file's text, cut where it is unreasonably long; empty if there is none. */
  Optional<String> text(String file) {
    try (InputStream in = Files.newInputStream(directory.resolve(file))) {
      String text = new String(in.readNBytes(MAX_TEXT), TEXT).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Says why the job is to end, unless someone has before; the content appears with the name. */
  void askToStop(StopReason reason) throws IOException {
    Path temporary = Files.createTempFile(directory, "stop", ".tmp");
    try {
      Files.writeString(temporary, reason.word() + "\n");
      Files.createLink(directory.resolve("stop"), temporary);
    } catch (FileAlreadyExistsException e) {
      // The first reason stands.
    } catch (NoSuchFileException e) {
      throw new IOException("the job's directory " + directory + " is gone", e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void append(StringBuilder command, String word) {
    command.append(' ').append(quote(word));
  }

  /** One word of a shell, whatever is in it. */
  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String script() {
    try (InputStream in = SupervisorFiles.class.getResourceAsStream("supervise")) {
      return new String(in.readAllBytes(), TEXT)
          .lines()
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
