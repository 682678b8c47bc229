package dev.assay.audit;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.log.Checkpoint;
import dev.assay.log.Frontier;
import dev.assay.log.LogFormatException;
import dev.assay.log.Note;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.Tile;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.source.LogReader;
import dev.assay.log.source.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Replays one log. */
public final class LogAudit {
  private static final String NODE = "assay.dev/node/";
  private static final String CHALLENGER = "assay.dev/challenger/";
  private static final String KEY_FILE = "id.jwk";
  private static final int KEY_BYTES = 4096;

  private final KeyRing keys;
  private final int threads;
  private final AuditProgress progress;

  /** An audit with these keys, on so many threads. */
  public LogAudit(KeyRing keys, int threads, AuditProgress progress) {
    this.keys = keys;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Replays the log at {@code source}.
   *
   * @param name what the report calls the place
   * @throws IOException if it cannot be told what the log has: nobody's fault, to be tried again
   */
  public AuditReport run(LogSource source, String name) throws IOException {
    return run(new Audit.Place(name, source), new OtherLogs());
  }

  /** Tells the other logs the state that this one claims; returns whether it is a challenger's. */
  boolean announce(Audit.Place place, OtherLogs others) throws IOException {
    Optional<Owner> owner = owner(place.source(), new Findings());
    if (owner.isEmpty()) {
      return false;
    }
    try {
      new LogReader(place.source())
          .checkpoint(owner.get().key())
          .ifPresent(
              signed ->
                  others.state(
                      signed.checkpoint().origin(),
                      new OtherLogs.State(place.name(), signed.head())));
    } catch (LogFormatException unsigned) {
      // It says nothing about the others; its own replay names what is wrong.
    }
    return owner.get().challenger();
  }

  AuditReport run(Audit.Place place, OtherLogs others) throws IOException {
    LogSource source = place.source();
    String name = place.name();
    Findings findings = new Findings();
    Optional<Owner> owner = owner(source, findings);
    if (owner.isEmpty()) {
      return new AuditReport(
          name,
          "",
          0,
          "",
          List.of(),
          0,
          Map.of(),
          0,
          new AuditReport.Jobs(0, 0),
          List.of(),
          findings.brokenCount(),
          findings.list());
    }
    return new Run(source, owner.get(), findings, others).report(name);
  }

  /** Whose log it is, and all keys including the log's own. */
  private record Owner(KeyId id, boolean challenger, NoteKey key, KeyRing keys) {}

  private Optional<Owner> owner(LogSource source, Findings findings) throws IOException {
    try {
      Optional<byte[]> note = source.read("checkpoint", Note.MAX_BYTES);
      if (note.isEmpty()) {
        findings.broken("checkpoint", "there is none, so this is no log");
        return Optional.empty();
      }
      String origin = Checkpoint.parse(Note.parse(note.get()).text()).origin();
      boolean challenger = origin.startsWith(CHALLENGER);
      if (!challenger && !origin.startsWith(NODE)) {
        findings.broken(
            "checkpoint", "the origin " + origin + " is neither a node's nor a challenger's");
        return Optional.empty();
      }
      KeyId id = new KeyId(origin.substring((challenger ? CHALLENGER : NODE).length()));
      KeyRing ring = withOwnKey(source, findings);
      Optional<PublicKey> key = ring.key(id);
      if (key.isEmpty()) {
        findings.broken(
            "checkpoint",
            "signed by " + id + ", whose key was not given; give it with --key " + id + "=JWK");
        return Optional.empty();
      }
      return Optional.of(new Owner(id, challenger, NoteKey.ofLog(origin, key.get()), ring));
    } catch (IllegalArgumentException e) {
      findings.broken("checkpoint", e.getMessage());
      return Optional.empty();
    }
  }

  /** A log may carry its own key: the origin names it by its digest, so it need not be trusted. */
  private KeyRing withOwnKey(LogSource source, Findings findings) throws IOException {
    Optional<byte[]> file = source.read(KEY_FILE, KEY_BYTES);
    if (file.isEmpty()) {
      return keys;
    }
    try {
      return keys.with(PublicKey.ofJwk(file.get()));
    } catch (IllegalArgumentException e) {
      findings.broken(KEY_FILE, e.getMessage());
      return keys;
    }
  }

  /** One replay: the entries pass through in bundles. */
  private final class Run {
    private final LogSource source;
    private final Owner owner;
    private final Findings findings;
    private final LogReader reader;
    private final TileAudit tiles;
    private final JobReplay jobs;
    private final Frontier frontier = new Frontier();
    private final List<byte[]> bundle = new ArrayList<>(Tile.WIDTH);
    private final OtherLogs others;
    private final List<OtherLogs.State> contradicted = new ArrayList<>();

    Run(LogSource source, Owner owner, Findings findings, OtherLogs others) {
      this.others = others;
      this.source = source;
      this.owner = owner;
      this.findings = findings;
      this.reader = new LogReader(source);
      this.tiles = new TileAudit(source, findings);
      this.jobs = new JobReplay(owner.id(), findings);
    }

    AuditReport report(String name) throws IOException {
      CosignatureAudit cosignatures = new CosignatureAudit(owner.keys(), findings);
      Optional<SignedCheckpoint> newest = checkpoint("checkpoint");
      Optional<SignedCheckpoint> witnessed = checkpoint("witnessed");
      newest.ifPresent(signed -> cosignatures.check("checkpoint", signed, owner.key()));
      witnessed.ifPresent(signed -> cosignatures.check("witnessed", signed, owner.key()));
      try (ProofJudge judge = new ProofJudge(source, owner.challenger(), findings, threads)) {
        ProofReplay proofs = new ProofReplay(findings, judge);
        Replay replay = new Replay(owner.id(), owner.challenger(), findings, proofs, jobs, others);
        String root = "";
        if (newest.isPresent()) {
          goesForward(newest.get(), witnessed);
          root = entries(newest.get(), witnessed, replay);
        }
        proofs.end();
        if (source instanceof DirectorySource(Path directory) && newest.isPresent()) {
          new DirectoryAudit(directory, newest.get().size(), findings).check();
        }
        List<DeviceVerdict> devices = judge.verdicts();
        return new AuditReport(
            name,
            owner.key().name(),
            newest.map(SignedCheckpoint::size).orElse(0L),
            root,
            cosignatures.cosigners(),
            witnessed.map(SignedCheckpoint::size).orElse(0L),
            replay.kinds(),
            judge.openings(),
            jobs.tally(),
            devices,
            findings.brokenCount(),
            findings.list());
      }
    }

    private Optional<SignedCheckpoint> checkpoint(String file) throws IOException {
      try {
        Optional<byte[]> note = source.read(file, Note.MAX_BYTES);
        return note.map(bytes -> SignedCheckpoint.open(bytes, owner.key()));
      } catch (LogFormatException e) {
        findings.broken(file, e.getMessage());
        return Optional.empty();
      }
    }

    private void goesForward(SignedCheckpoint newest, Optional<SignedCheckpoint> witnessed) {
      if (witnessed.isPresent() && witnessed.get().size() > newest.size()) {
        findings.broken(
            "checkpoint",
            "it covers "
                + newest.size()
                + " entries, "
                + witnessed.get().size()
                + " were cosigned before: the log went back");
      }
    }

    /** Reads all entries and returns the root that they make. */
    private String entries(
        SignedCheckpoint newest, Optional<SignedCheckpoint> witnessed, Replay replay)
        throws IOException {
      long size = newest.size();
      try {
        List<OtherLogs.State> promised = new ArrayList<>(others.states(owner.key().name()));
        witnessed.ifPresent(
            signed -> promised.add(new OtherLogs.State("witnessed", signed.head())));
        TreeHead made =
            reader.read(
                size,
                (index, entry) -> {
                  append(entry, promised);
                  bundle.add(entry);
                  if (bundle.size() == Tile.WIDTH || index == size - 1) {
                    flush(index + 1, replay);
                    progress.read(index + 1, size);
                  }
                });
        tiles.end();
        contradicted.forEach(
            state ->
                findings.broken(
                    state.place(),
                    "the first "
                        + state.head().size()
                        + " entries make another root than was signed there: the log was rewritten"
                        + " or forked"));
        if (!made.equals(newest.head())) {
          findings.broken(
              "checkpoint",
              "it promises the root " + newest.head().root() + ", the entries make " + made.root());
        }
        return made.root().base64();
      } catch (LogFormatException e) {
        findings.broken("log", e.getMessage());
        return "";
      }
    }

    private void append(byte[] entry, List<OtherLogs.State> promised) throws IOException {
      TreeHash leaf = TreeHash.leaf(entry);
      tiles.append(leaf);
      frontier.append(leaf);
      for (OtherLogs.State state : promised) {
        if (state.head().size() == frontier.size() && !state.head().equals(frontier.head())) {
          contradicted.add(state);
        }
      }
    }

    /** Checks the signatures of a bundle on all cores, then the places of its tokens in order. */
    private void flush(long end, Replay replay) {
      long first = end - bundle.size();
      List<LogEntry> read =
          IntStream.range(0, bundle.size())
              .parallel()
              .mapToObj(i -> LogEntry.read(first + i, bundle.get(i), owner.keys()))
              .toList();
      bundle.clear();
      read.forEach(replay::next);
    }
  }
}
