package dev.assay.audit;

import dev.assay.crypto.KeyId;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ParsedToken;
import dev.assay.token.PlatformToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.UnknownToken;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Goes through the entries in order and hands each token to the part that knows its rules. */
final class Replay {
  private static final int MAX_STRANGERS = 100;

  private final Findings findings;
  private final ProofReplay proofs;
  private final JobReplay jobs;
  private final KeyId owner;
  private final boolean challengersLog;
  private final OtherLogs others;
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Set<KeyId> strangers = new HashSet<>();

  Replay(
      KeyId owner,
      boolean challengersLog,
      Findings findings,
      ProofReplay proofs,
      JobReplay jobs,
      OtherLogs others) {
    this.owner = owner;
    this.challengersLog = challengersLog;
    this.others = others;
    this.findings = findings;
    this.proofs = proofs;
    this.jobs = jobs;
  }

  void next(LogEntry entry) {
    switch (entry) {
      case LogEntry.Bad bad -> {
        count("unreadable");
        findings.broken("entry " + bad.index(), bad.problem());
      }
      case LogEntry.UnknownSigner stranger -> {
        count(stranger.token().jws().typ());
        KeyId id = stranger.token().jws().kid();
        if (strangers.size() < MAX_STRANGERS && strangers.add(id)) {
          findings.broken(
              "entry " + stranger.index(),
              "signed by " + id + ", whose key was not given; give it with --key " + id + "=JWK");
        }
        follow(stranger.index(), stranger.token(), false);
      }
      case LogEntry.Signed signed -> {
        count(signed.token().jws().typ());
        follow(signed.index(), signed.token(), true);
        if (signed.token() instanceof SignedToken<?> token) {
          compare(signed.index(), token);
        }
      }
    }
  }

  Map<String, Long> kinds() {
    return kinds;
  }

  private void follow(long index, ParsedToken parsed, boolean verified) {
    switch (parsed) {
      case UnknownToken unknown ->
          findings.note(
              "entry " + index,
              "a token of a kind that this auditor does not know, " + unknown.kind());
      case SignedToken<?> token -> follow(index, token, verified);
    }
  }

  @SuppressWarnings("unchecked") // The pattern on the claims says what the envelope holds.
  private void follow(long index, SignedToken<?> token, boolean verified) {
    switch (token.token()) {
      case ChallengeToken t ->
          proofs.challenge(index, (SignedToken<ChallengeToken>) token, verified);
      case CommitmentToken t -> proofs.next(index, token, t.challenge(), verified);
      case RefusalToken t -> proofs.next(index, token, t.challenge(), verified);
      case ReceiptToken t -> proofs.next(index, token, t.commitment(), verified);
      case OpeningToken t -> proofs.next(index, token, t.receipt(), verified);
      case ResultToken t -> proofs.next(index, token, t.about(), verified);
      case JobToken t -> jobs.order(index, token, t);
      case JobStartToken t -> jobs.start(index, token, t);
      case JobEndToken t -> jobs.end(index, t);
      case PlatformToken t -> platform(index, t);
    }
  }

  /** A challenger logs every challenge, receipt and result of its own (tokens.md §2). */
  private void compare(long index, SignedToken<?> token) {
    boolean challengers =
        switch (token.token()) {
          case ChallengeToken t -> true;
          case ReceiptToken t -> true;
          case ResultToken t -> true;
          default -> false;
        };
    KeyId issuer = token.token().issuer();
    if (challengers && issuer.equals(owner) && challengersLog) {
      others.holds(owner, token.digest());
    } else if (challengers && !others.isHeldBy(issuer, token.digest()).orElse(true)) {
      findings.broken(
          "entry " + index, "the log of its challenger, " + issuer + ", does not hold this token");
    }
  }

  private void platform(long index, PlatformToken platform) {
    if (!platform.issuer().equals(owner)) {
      findings.broken("entry " + index, "platform evidence of another node, " + platform.issuer());
      return;
    }
    platform
        .facts()
        .conflicts()
        .forEach(
            conflict ->
                findings.note("entry " + index, "the platform's sources disagree: " + conflict));
  }

  private void count(String kind) {
    kinds.merge(kind, 1L, Long::sum);
  }
}
