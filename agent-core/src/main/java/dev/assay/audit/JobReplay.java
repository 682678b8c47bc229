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

/** Checks that every job was ordered before it began, began once, and ended once. */
final class JobReplay {
  /** A job between its order and its end. */
  private record Open(JobToken order, Optional<Digest> start) {}

  private final KeyId node;
  private final Findings findings;
  private final Map<Digest, Open> open = new HashMap<>();
  private final DigestIndex ended = new DigestIndex();
  private long starts;
  private long ends;

  JobReplay(KeyId node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void order(long index, SignedToken<?> signed, JobToken order) {
    if (!order.subject().equals(node)) {
      findings.broken("entry " + index, "a job for another node, " + order.subject());
    } else if (!isKnown(signed.digest())) {
      open.put(signed.digest(), new Open(order, Optional.empty()));
    }
  }

  void start(long index, SignedToken<?> signed, JobStartToken start) {
    String place = "entry " + index;
    Open job = open.get(start.job());
    if (!start.issuer().equals(node)) {
      findings.broken(place, "job " + start.id() + " was started by another node");
    } else if (job == null) {
      findings.broken(
          place,
          "job "
              + start.id()
              + (hasEnded(start.job()) ? " starts after its end" : " starts without an order"));
    } else if (job.start().isPresent()) {
      findings.broken(place, "job " + start.id() + " starts a second time");
    } else if (!start.spec().equals(job.order().specDigest())
        || !start.id().equals(job.order().id())) {
      findings.broken(place, "job " + start.id() + " is not the one that was ordered");
    } else {
      starts++;
      open.put(start.job(), new Open(job.order(), Optional.of(signed.digest())));
    }
  }

  void end(long index, JobEndToken end) {
    String place = "entry " + index;
    Open job = open.get(end.job());
    if (!end.issuer().equals(node)) {
      findings.broken(place, "job " + end.id() + " was ended by another node");
    } else if (job == null) {
      findings.broken(
          place,
          "job "
              + end.id()
              + (hasEnded(end.job()) ? " ends a second time" : " ends without an order"));
    } else if (!end.start().equals(job.start()) || !end.id().equals(job.order().id())) {
      findings.broken(place, "job " + end.id() + " ends with another start than it had");
    } else {
      open.remove(end.job());
      ended.put(end.job().bytes(), index);
      ends += job.start().isPresent() ? 1 : 0;
    }
  }

  AuditReport.Jobs tally() {
    return new AuditReport.Jobs(starts, ends);
  }

  private boolean isKnown(Digest job) {
    return open.containsKey(job) || hasEnded(job);
  }

  private boolean hasEnded(Digest job) {
    return ended.get(job.bytes()) != DigestIndex.ABSENT;
  }
}
