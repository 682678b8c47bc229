package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that every job began once and ended once. A log need not hold the order itself, which may
 * carry what is nobody else's business; start and end name it by its digest.
 */
final class JobReplay {
  /** A job that began and has not ended. */
  private record Running(String id, Digest start) {}

  private final KeyId node;
  private final Findings findings;
  private final Map<Digest, JobToken> orders = new HashMap<>();
  private final Map<Digest, Running> running = new HashMap<>();
  private final DigestIndex ended = new DigestIndex();
  private long starts;
  private long ends;

  JobReplay(KeyId node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void order(long index, SignedToken<?> signed, JobToken order) {
    if (order.subject().equals(node)) {
      orders.put(signed.digest(), order);
    } else {
      findings.broken("entry " + index, "a job for another node, " + order.subject());
    }
  }

  void start(long index, SignedToken<?> signed, JobStartToken start) {
    String place = "entry " + index;
    JobToken order = orders.get(start.job());
    if (!start.issuer().equals(node)) {
      findings.broken(place, "job " + start.id() + " was started by another node");
    } else if (hasEnded(start.job())) {
      findings.broken(place, "job " + start.id() + " starts after its end");
    } else if (running.containsKey(start.job())) {
      findings.broken(place, "job " + start.id() + " starts a second time");
    } else if (order != null
        && !(start.spec().equals(order.specDigest()) && start.id().equals(order.id()))) {
      findings.broken(place, "job " + start.id() + " is not the one that was ordered");
    } else {
      starts++;
      running.put(start.job(), new Running(start.id(), signed.digest()));
    }
  }

  void end(long index, JobEndToken end) {
    String place = "entry " + index;
    Optional<Running> job = Optional.ofNullable(running.get(end.job()));
    if (!end.issuer().equals(node)) {
      findings.broken(place, "job " + end.id() + " was ended by another node");
    } else if (hasEnded(end.job())) {
      findings.broken(place, "job " + end.id() + " ends a second time");
    } else if (!end.start().equals(job.map(Running::start))
        || !job.map(Running::id).orElse(end.id()).equals(end.id())) {
      findings.broken(place, "job " + end.id() + " ends with another start than it had");
    } else {
      running.remove(end.job());
      orders.remove(end.job());
      ended.put(end.job().bytes(), index);
      ends += job.isPresent() ? 1 : 0;
    }
  }

  AuditReport.Jobs tally() {
    return new AuditReport.Jobs(starts, ends);
  }

  private boolean hasEnded(Digest job) {
    return ended.get(job.bytes()) != DigestIndex.ABSENT;
  }
}
