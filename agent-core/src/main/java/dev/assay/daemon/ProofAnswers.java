package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.ProofCommitted;
import dev.assay.daemon.AgentEvent.ProofDeclined;
import dev.assay.daemon.AgentEvent.ProofOpened;
import dev.assay.daemon.ProofBounds.Limit;
import dev.assay.proof.Commitment;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What the node says in a proof: each token is signed, then logged, then sent. */
final class ProofAnswers {
  private static final int MAX_SENTENCE = 1024;

  private final NodeLog log;
  private final ChallengerTime time;
  private final Optional<String> ueid;
  private final Link link;
  private final Consumer<AgentEvent> events;

  ProofAnswers(
      NodeLog log,
      ChallengerTime time,
      Optional<String> ueid,
      Link link,
      Consumer<AgentEvent> events) {
    this.log = log;
    this.time = time;
    this.ueid = ueid;
    this.link = link;
    this.events = events;
  }

  static ProofAnswers of(AgentBase base) {
    return new ProofAnswers(
        base.log(),
        base.memory().time(),
        base.platform().facts().ueid(),
        base.link(),
        base.events());
  }

  /** Declines a challenge that is in the log. */
  ProofChain refuse(ProofChain chain, Limit limit) throws IOException {
    SignedToken<RefusalToken> refusal = refusal(chain.challenge(), limit);
    log.append(refusal);
    return refused(chain, refusal);
  }

  /** Declines a challenge that is not yet in the log, which then holds both. */
  ProofChain decline(SignedToken<ChallengeToken> challenge, Limit limit) throws IOException {
    SignedToken<RefusalToken> refusal = refusal(challenge, limit);
    log.append(challenge, refusal);
    return refused(ProofChain.of(challenge), refusal);
  }

  ProofChain commit(ProofChain chain, Commitment commitment, Duration took) throws IOException {
    ChallengeToken asked = chain.challenge().token();
    SignedToken<CommitmentToken> token =
        log.sign(
            new CommitmentToken(
                log.key().id(),
                time.issuedAt(),
                asked.nonce(),
                ueid,
                chain.challenge().digest(),
                asked.device(),
                asked.proof(),
                commitment.roots(),
                took.toMillis()));
    log.append(token);
    link.send(new FromNode.Commitment(token.compact()));
    events.accept(new ProofCommitted(asked.device(), asked.proof(), took));
    return chain.with(token);
  }

  ProofChain open(
      ProofChain chain, SignedToken<ReceiptToken> receipt, Opening opening, Duration took)
      throws IOException {
    ChallengeToken asked = chain.challenge().token();
    byte[] blob = OpeningBlob.encode(opening);
    SignedToken<OpeningToken> token =
        log.sign(
            new OpeningToken(
                log.key().id(),
                time.issuedAt(),
                receipt.digest(),
                log.store().putBlob(blob),
                blob.length));
    log.append(token);
    link.send(new FromNode.Opening(token.compact()));
    events.accept(new ProofOpened(asked.device(), asked.proof(), took, blob.length));
    return chain.with(token);
  }

  /** Sends the node's last word of a proof again, if it is the node's turn to have spoken. */
  void repeat(OpenProof proof) {
    switch (proof) {
      case OpenProof.Refused refused ->
          link.send(new FromNode.Refusal(refused.refusal().compact()));
      case OpenProof.Committed committed ->
          link.send(new FromNode.Commitment(committed.commitment().compact()));
      case OpenProof.Opened opened -> link.send(new FromNode.Opening(opened.opening().compact()));
      case OpenProof.Challenged challenged -> {}
      case OpenProof.Received received -> {}
    }
  }

  private ProofChain refused(ProofChain chain, SignedToken<RefusalToken> refusal) {
    link.send(new FromNode.Refusal(refusal.compact()));
    ChallengeToken asked = chain.challenge().token();
    events.accept(new ProofDeclined(asked.device(), asked.proof(), refusal.token().reason()));
    return chain.with(refusal);
  }

  private SignedToken<RefusalToken> refusal(SignedToken<ChallengeToken> challenge, Limit limit) {
    String reason = limit.reason();
    return log.sign(
        new RefusalToken(
            log.key().id(),
            time.issuedAt(),
            challenge.digest(),
            reason.length() <= MAX_SENTENCE ? reason : reason.substring(0, MAX_SENTENCE),
            limit.limits()));
  }
}
