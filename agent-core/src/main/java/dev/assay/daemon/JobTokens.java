package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.durable.DurableFile;
import dev.assay.job.JobId;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.JobState;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.TokenException;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tokens by which the node logs a job's start and end, each once. A token is kept beside the
 * job ({@code start.jws}, {@code end.jws}) before it is logged, and the journal notes when it was:
 * after a crash between the two the log's own end tells whether it is there.
 */
final class JobTokens {
  private static final String START = "start.jws";
  private static final String END = "end.jws";

  private final NodeLog log;
  private final JobJournal journal;
  private final Predicate<Digest> loggedBefore;
  private final InstantSource clock;
  private final long bootEpoch;
  private final Set<Digest> logged = new HashSet<>();

  JobTokens(AgentBase base) {
    this.log = base.log();
    this.journal = base.parts().jobs();
    this.loggedBefore = base.tail()::hasJobToken;
    this.clock = base.parts().clock();
    this.bootEpoch = base.parts().bootEpoch();
  }

  /** Sees to it that the job's start is in the log. */
  JobRecord logStart(JobRecord job) throws IOException {
    if (job.startToken().isPresent()) {
      return job;
    }
    SignedToken<JobToken> token = Tokens.parse(job.token(), JobToken.class);
    SignedToken<JobStartToken> start =
        kept(
            job.id(),
            START,
            new JobStartToken(
                log.key().id(),
                clock.instant().getEpochSecond(),
                token.digest(),
                job.id().value(),
                token.token().specDigest(),
                bootEpoch));
    appendOnce(start);
    return journal.logStart(job.id(), start.digest().base64Url());
  }

  /**
   * Sees to it that the end of a job is in the log. Where the job's token was damaged on the disk
   * no such token can be made, and the coordinator gets the state alone.
   */
  JobRecord logEnd(JobRecord job, JobState.Ended ended) throws IOException {
    if (job.endToken().isPresent()) {
      return job;
    }
    Optional<SignedToken<JobToken>> token = token(job);
    if (token.isEmpty()) {
      return job;
    }
    SignedToken<JobEndToken> end = kept(job.id(), END, endToken(job, token.get().digest(), ended));
    appendOnce(end);
    return journal.logEnd(job.id(), end.digest().base64Url());
  }

  /** Whether the job has ended, and the token that says so is yet to be logged. */
  boolean isOwed(JobRecord job) {
    return job.state() instanceof JobState.Ended
        && job.endToken().isEmpty()
        && token(job).isPresent();
  }

  /** The start token, if the job's start was logged. */
  Optional<String> start(JobRecord job) throws IOException {
    return job.startToken().isPresent() ? read(job.id(), START) : Optional.empty();
  }

  /** The end token, if the job's end was logged. */
  Optional<String> end(JobRecord job) throws IOException {
    return job.endToken().isPresent() ? read(job.id(), END) : Optional.empty();
  }

  private static Optional<SignedToken<JobToken>> token(JobRecord job) {
    try {
      return Optional.of(Tokens.parse(job.token(), JobToken.class));
    } catch (TokenException damaged) {
      return Optional.empty();
    }
  }

  private JobEndToken endToken(JobRecord job, Digest token, JobState.Ended ended) {
    Outcome outcome = ended.outcome();
    return new JobEndToken(
        log.key().id(),
        clock.instant().getEpochSecond(),
        token,
        job.id().value(),
        job.startToken().map(Digest::ofBase64Url),
        outcome.word(),
        outcome instanceof Outcome.FailedToStart failed
            ? Optional.of(failed.cause().word())
            : Optional.empty(),
        ended.image(),
        outcome instanceof Outcome.Exited exited
            ? OptionalInt.of(exited.code())
            : OptionalInt.empty(),
        outcome instanceof Outcome.Signalled signalled
            ? OptionalInt.of(signalled.signal())
            : OptionalInt.empty(),
        output(ended.stdout()),
        output(ended.stderr()),
        ended.startedAt().stream().mapToLong(at -> at.getEpochSecond()).findFirst(),
        ended.at().getEpochSecond());
  }

  private static JobEndToken.Output output(OutputSummary summary) {
    return new JobEndToken.Output(summary.size(), Digest.ofBase64Url(summary.sha256()));
  }

  /** The token that an earlier attempt kept, or else this one, kept. */
  @SuppressWarnings("unchecked") // What is kept under a name is of the kind that was kept there.
  private <T extends Token> SignedToken<T> kept(JobId id, String name, T fresh) throws IOException {
    Optional<String> earlier = read(id, name);
    if (earlier.isPresent()) {
      return Tokens.parse(earlier.get(), (Class<T>) fresh.getClass());
    }
    SignedToken<T> signed = log.sign(fresh);
    DurableFile.replace(file(id, name), signed.jws().bytes());
    return signed;
  }

  private void appendOnce(SignedToken<?> token) throws IOException {
    if (!loggedBefore.test(token.digest()) && !logged.contains(token.digest())) {
      log.append(token);
      logged.add(token.digest());
    }
  }

  private Optional<String> read(JobId id, String name) throws IOException {
    Path file = file(id, name);
    return Files.exists(file)
        ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  private Path file(JobId id, String name) {
    return journal.directory(id).resolve(name);
  }
}
