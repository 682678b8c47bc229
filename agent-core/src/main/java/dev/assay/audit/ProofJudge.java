package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.log.LogFormatException;
import dev.assay.log.source.LogSource;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Proven;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ChallengeToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges proofs that have ended, several at a time: recomputes the opening from its blob, and
 * compares what it finds with what the challenger said. Recomputing is most of an audit's work.
 */
final class ProofJudge implements AutoCloseable {
  private static final String BLOBS = "blob/";

  /** What a challenger may take from an opening that came in time to its result. */
  private static final long TO_VERIFY_SECONDS = 10;

  private final LogSource source;
  private final boolean challengersLog;
  private final Findings findings;
  private final ExecutorService workers;
  private final Semaphore waiting;
  private final int queue;
  private final Map<String, DeviceTally> devices = new TreeMap<>();
  private final AtomicLong openings = new AtomicLong();
  private final AtomicReference<IOException> unreadable = new AtomicReference<>();

  ProofJudge(LogSource source, boolean challengersLog, Findings findings, int threads) {
    this.source = source;
    this.challengersLog = challengersLog;
    this.findings = findings;
    this.workers = Executors.newFixedThreadPool(threads);
    this.queue = 4 * threads;
    this.waiting = new Semaphore(queue);
  }

  boolean isChallengersLog() {
    return challengersLog;
  }

  /** A proof whose result is the entry at {@code index}. */
  void ended(long index, ProofChain chain) {
    waiting.acquireUninterruptibly();
    workers.execute(
        () -> {
          try {
            judge("entry " + index, chain);
          } catch (IOException e) {
            unreadable.compareAndSet(null, e);
          } catch (RuntimeException e) {
            // A proof that cannot be judged must not vanish from the verdict.
            findings.broken("entry " + index, "its proof could not be judged: " + e);
            fail(chain, "it could not be judged");
          } finally {
            waiting.release();
          }
        });
  }

  /** A proof that fails by two tokens that contradict each other (proofs.md §5). */
  void contradicted(ProofChain chain, String reason) {
    fail(chain, reason);
  }

  /** A proof that has no result, or none by a known key. */
  void unfinished(ProofChain chain) {
    synchronized (devices) {
      tally(chain).leaveUnfinished();
    }
  }

  /** Waits for the last judgement. */
  List<DeviceVerdict> verdicts() throws IOException {
    waiting.acquireUninterruptibly(queue);
    waiting.release(queue);
    if (unreadable.get() != null) {
      throw unreadable.get();
    }
    synchronized (devices) {
      return devices.values().stream().map(DeviceTally::verdict).toList();
    }
  }

  /** How many openings have been recomputed. */
  long openings() {
    return openings.get();
  }

  private void judge(String place, ProofChain chain) throws IOException {
    ResultToken result = chain.result().orElseThrow().token();
    Own own = recompute(chain);
    switch (result.status()) {
      case PASS -> passed(place, chain, result, own);
      case FAIL -> {
        if (own instanceof Own.Holds && !chain.selfTest()) {
          findings.note(
              place,
              "the challenger failed this proof ("
                  + result.reason()
                  + "), though its opening holds");
        }
        fail(chain, result.reason().isEmpty() ? "failed without a reason" : result.reason());
      }
      case REFUSED -> {
        synchronized (devices) {
          tally(chain).refuse();
        }
      }
    }
  }

  private void passed(String place, ProofChain chain, ResultToken result, Own own) {
    switch (own) {
      case Own.Fails fails -> {
        findings.broken(place, "the result says pass, but " + fails.reason());
        fail(chain, fails.reason());
      }
      case Own.Unseen unseen -> {
        if (!challengersLog) {
          findings.broken(unseen.place(), "the opening is missing");
          fail(chain, "its opening is missing");
        }
      }
      case Own.Holds holds -> {
        if (chain.selfTest()) {
          synchronized (devices) {
            tally(chain).selfTest();
          }
          return;
        }
        ProvenFigures said = result.proven().orElse(ProvenFigures.NONE);
        if (!agree(said, holds.proven())) {
          findings.broken(
              place,
              "the result credits " + text(said) + ", the proof shows " + text(holds.proven()));
        }
        synchronized (devices) {
          tally(chain).pass(holds.proven());
        }
      }
    }
  }

  private void fail(ProofChain chain, String reason) {
    synchronized (devices) {
      tally(chain).fail(chain.challenge().token().proof().name() + ": " + reason);
    }
  }

  private Own recompute(ProofChain chain) throws IOException {
    Optional<String> failure = chain.failure();
    if (failure.isPresent()) {
      return new Own.Fails(failure.get());
    }
    if (chain.opening().isEmpty()) {
      return new Own.Fails("it was not opened");
    }
    if (isLate(chain)) {
      return new Own.Fails("it was not opened by the receipt's expiry");
    }
    OpeningToken opening = chain.opening().get().token();
    String path = BLOBS + opening.blob().hex();
    Optional<byte[]> blob;
    try {
      blob = source.read(path, (int) Math.min(opening.size(), Integer.MAX_VALUE));
    } catch (LogFormatException e) {
      findings.broken(path, e.getMessage());
      return new Own.Fails("the opening in " + path + " is longer than was signed");
    }
    if (blob.isEmpty()) {
      return new Own.Unseen(path);
    }
    if (blob.get().length != opening.size() || !Digest.of(blob.get()).equals(opening.blob())) {
      findings.broken(path, "its bytes are not those that it is named after");
      return new Own.Fails("the opening in " + path + " was altered");
    }
    return verify(chain, blob.get());
  }

  /** By the challenger's clock alone, which set the expiry: a node's may be wrong. */
  private static boolean isLate(ProofChain chain) {
    long expiry = chain.receipt().orElseThrow().token().expiresAt();
    return chain.result().orElseThrow().token().issuedAt() > expiry + TO_VERIFY_SECONDS;
  }

  private Own verify(ProofChain chain, byte[] blob) {
    ChallengeToken challenge = chain.challenge().token();
    Opening opening;
    try {
      opening = OpeningBlob.decode(blob, challenge.proof());
    } catch (IllegalArgumentException e) {
      return new Own.Fails("the opening cannot be read: " + e.getMessage());
    }
    DeviceSeed seed =
        DeviceSeed.of(
            challenge.nonce(), chain.node().value(), challenge.device(), challenge.proof());
    ReceiptToken receipt = chain.receipt().orElseThrow().token();
    openings.incrementAndGet();
    Verdict verdict =
        new Verifier()
            .verify(
                challenge.proof(),
                seed,
                chain.commitment().orElseThrow().token().roots(),
                receipt.openingSeed(),
                opening);
    return switch (verdict) {
      case Verdict.Pass pass ->
          new Own.Holds(ProvenFigures.of(Proven.of(challenge.proof(), receipt.witnessedMs())));
      case Verdict.Fail fail -> new Own.Fails(fail.reason());
    };
  }

  /** A second verifier accepts ± 1 ppm (proofs.md §1). */
  private static boolean agree(ProvenFigures said, ProvenFigures own) {
    return agree(said.bytes(), own.bytes())
        && agree(said.bytesPerSecond(), own.bytesPerSecond())
        && agree(said.opsPerSecond(), own.opsPerSecond())
        && agree(said.hashesPerSecond(), own.hashesPerSecond());
  }

  private static boolean agree(OptionalLong said, OptionalLong own) {
    if (said.isEmpty() || own.isEmpty()) {
      return said.isEmpty() && own.isEmpty();
    }
    long difference = Math.abs(said.getAsLong() - own.getAsLong());
    return difference <= own.getAsLong() / 1_000_000 + 1;
  }

  private static String text(ProvenFigures figures) {
    return Stream.of(
            text(figures.bytes(), " B"),
            text(figures.bytesPerSecond(), " B/s"),
            text(figures.opsPerSecond(), " OP/s"),
            text(figures.hashesPerSecond(), " H/s"))
        .flatMap(Optional::stream)
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(" and "), t -> t.isEmpty() ? "nothing" : t));
  }

  private static Optional<String> text(OptionalLong figure, String unit) {
    return figure.isPresent() ? Optional.of(figure.getAsLong() + unit) : Optional.empty();
  }

  private DeviceTally tally(ProofChain chain) {
    String node = chain.node().value();
    String device = chain.challenge().token().device();
    return devices.computeIfAbsent(node + " " + device, key -> new DeviceTally(node, device));
  }

  @Override
  public void close() {
    workers.close();
  }

  /** What the auditor finds by itself, whatever the challenger said. */
  private sealed interface Own {
    record Holds(ProvenFigures proven) implements Own {}

    record Fails(String reason) implements Own {}

    record Unseen(String place) implements Own {}
  }
}
