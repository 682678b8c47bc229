package dev.assay.job;

import dev.assay.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All jobs of a node, on the disk. Each method that changes a job returns when the change is
 * durable, and changes nothing if it throws. Safe for use by several threads; one journal at a time
 * may be open on a directory.
 */
public final class JobJournal {
  private static final String TOKEN = "spec.jws";
  private static final String STATE = "state.json";
  private static final String GOING = ".going-";
  private static final int MAX_TOKEN = 1 << 20;

  private final Path directory;
  private final InstantSource clock;
  private final Map<JobId, JobRecord> jobs = new HashMap<>();

  private JobJournal(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Opens the journal in {@code directory}, creating it if need be, and reads all jobs. A job whose
   * files are damaged becomes an ended one at {@link JobState#DAMAGED_REVISION} with the outcome
   * {@link Outcome.Lost} that says what was wrong; it may still be running, so a runtime should
   * adopt and stop it. The others are not touched by it.
   *
   * @throws IOException if the directory itself cannot be read or written
   */
  public static JobJournal open(Path directory, InstantSource clock) throws IOException {
    Files.createDirectories(directory, ownersOnly());
    JobJournal journal = new JobJournal(directory, clock);
    journal.load();
    return journal;
  }

  /** Every job, by the time of its present state. */
  public synchronized List<JobRecord> all() {
    return jobs.values().stream()
        .sorted(
            Comparator.comparing((JobRecord job) -> job.state().at())
                .thenComparing(job -> job.id().value()))
        .toList();
  }

  /** The job of that name, or empty if there is none. */
  public synchronized Optional<JobRecord> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** The jobs in a final state that the coordinator has yet to acknowledge. */
  public synchronized List<JobRecord> unacknowledged() {
    return all().stream().filter(job -> job.state().isFinal() && !job.acknowledged()).toList();
  }

  /** Where the job's own files are; there whether or not the job is. */
  public Path directory(JobId id) {
    return directory.resolve(id.value());
  }

  /**
   * Takes a new job on.
   *
   * @param token the signed job token, exactly as it came
   * @throws IllegalStateException if there is a job of that name already: look before with {@link
   *     #find} and answer a repeated message from what is there
   */
  public synchronized JobRecord accept(JobId id, String token) throws IOException {
    return create(id, token, new JobState.Accepted(JobState.FIRST_REVISION, clock.instant()));
  }

  /** Remembers that a new job was refused, so that the answer to a repeated message is the same. */
  public synchronized JobRecord refuse(JobId id, String token, Refusal refusal) throws IOException {
    return create(
        id, token, new JobState.Refused(JobState.FIRST_REVISION, clock.instant(), refusal));
  }

  /**
   * Moves a job on to {@code next}.
   *
   * @throws IllegalStateException if the job's present state does not allow it
   */
  public synchronized JobRecord update(JobId id, JobState next) throws IOException {
    JobRecord job = require(id);
    if (!job.state().allows(next)) {
      throw new IllegalStateException(
          "the job %s is %s at revision %d and cannot become %s at revision %d"
              .formatted(
                  id, job.state().word(), job.state().revision(), next.word(), next.revision()));
    }
    return store(job.withState(next));
  }

  /** Remembers the digest of the token by which the node logged the job's start. */
  public synchronized JobRecord logStart(JobId id, String digest) throws IOException {
    return store(require(id).withStartToken(digest));
  }

  /** Remembers the digest of the token by which the node logged the job's end. */
  public synchronized JobRecord logEnd(JobId id, String digest) throws IOException {
    return store(require(id).withEndToken(digest));
  }

  /**
   * Remembers that the coordinator knows the job's final state. Doing it again changes nothing.
   *
   * @throws IllegalStateException if the job's state is not final
   */
  public synchronized JobRecord acknowledge(JobId id) throws IOException {
    JobRecord job = require(id);
    if (!job.state().isFinal()) {
      throw new IllegalStateException("the job " + id + " has not ended and is acknowledged");
    }
    return job.acknowledged() ? job : store(job.asAcknowledged());
  }

  /**
   * Removes a job with all its files.
   *
   * @throws IllegalStateException if its state is not final or not acknowledged
   */
  public synchronized void remove(JobId id) throws IOException {
    JobRecord job = require(id);
    if (!job.state().isFinal() || !job.acknowledged()) {
      throw new IllegalStateException("the job " + id + " has yet to be acknowledged");
    }
    Path going = directory.resolve(GOING + id.value());
    Files.move(directory(id), going);
    DurableFile.syncDirectory(directory);
    jobs.remove(id);
    deleteTree(going);
  }

  /** Removes every acknowledged job that has been in its final state since before {@code limit}. */
  public synchronized List<JobId> removeEndedBefore(Instant limit) throws IOException {
    List<JobId> removed = new ArrayList<>();
    for (JobRecord job : all()) {
      if (job.acknowledged() && job.state().at().isBefore(limit)) {
        remove(job.id());
        removed.add(job.id());
      }
    }
    return removed;
  }

  private JobRecord create(JobId id, String token, JobState state) throws IOException {
    if (jobs.containsKey(id)) {
      throw new IllegalStateException("there is a job " + id + " already");
    }
    if (token.isEmpty() || token.length() > MAX_TOKEN) {
      throw new IllegalArgumentException("a job token has 1 to " + MAX_TOKEN + " characters");
    }
    Path own = directory(id);
    Files.createDirectories(own, ownersOnly());
    DurableFile.replace(own.resolve(TOKEN), token.getBytes(StandardCharsets.US_ASCII));
    JobRecord job =
        store(new JobRecord(id, token, state, Optional.empty(), Optional.empty(), false));
    DurableFile.syncDirectory(directory);
    return job;
  }

  private JobRecord store(JobRecord job) throws IOException {
    DurableFile.replace(directory(job.id()).resolve(STATE), StateFile.write(job));
    jobs.put(job.id(), job);
    return job;
  }

  private JobRecord require(JobId id) {
    return find(id).orElseThrow(() -> new IllegalStateException("there is no job " + id));
  }

  private void load() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith(GOING)) {
          deleteTree(entry);
        } else if (Files.isDirectory(entry) && JobId.isId(name)) {
          read(new JobId(name)).ifPresent(job -> jobs.put(job.id(), job));
        }
      }
    }
  }

  /** Empty for a job whose acceptance was cut short, so that nobody has heard of it. */
  private Optional<JobRecord> read(JobId id) throws IOException {
    Path own = directory(id);
    if (Files.notExists(own.resolve(STATE)) && Files.notExists(own.resolve("run"))) {
      deleteTree(own);
      return Optional.empty();
    }
    Path tokenFile = own.resolve(TOKEN);
    String token = "";
    try {
      token = new String(content(tokenFile, MAX_TOKEN), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      // Without it a job can still be reported, and not be run.
    }
    try {
      JobRecord job = StateFile.read(id, token, content(own.resolve(STATE), StateFile.MAX_BYTES));
      if (token.isEmpty() && !job.state().isFinal()) {
        throw new IOException(TOKEN + " is missing or cannot be read");
      }
      return Optional.of(job);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(lost(id, token, e));
    }
  }

  private static byte[] content(Path file, int limit) throws IOException {
    if (Files.size(file) > limit) {
      throw new IOException(file.getFileName() + " is longer than " + limit + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private JobRecord lost(JobId id, String token, Exception cause) {
    String problem =
        cause instanceof NoSuchFileException missing
            ? Path.of(missing.getFile()).getFileName() + " is missing"
            : cause.getMessage();
    return new JobRecord(
        id,
        token,
        new JobState.Ended(
            JobState.DAMAGED_REVISION,
            clock.instant(),
            new Outcome.Lost("the record of this job on the node is damaged: " + problem),
            Optional.empty(),
            OutputSummary.EMPTY,
            OutputSummary.EMPTY,
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static void deleteTree(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  private static FileAttribute<?> ownersOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }
}
