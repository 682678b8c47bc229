package dev.assay.daemon;

import dev.assay.crypto.PublicKey;
import dev.assay.daemon.AgentEvent.ProofJudged;
import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.token.ChainFault;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.TokenException;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Challenge → commitment → receipt → opening → result. What comes in is logged once its signature
 * and its place hold, what goes out is logged before it is sent; where a proof stands is what the
 * log holds of it, so that a repeated message, a new session and a restarted agent are all answered
 * from the same state.
 */
final class ProofPipeline {
  private final NodeLog log;
  private final PublicKey coordinator;
  private final ProofMemory memory;
  private final ProofAdmission admission;
  private final ProofAnswers answers;
  private final ProofDesk desk;
  private final Consumer<AgentEvent> events;

  /** A pipeline that does nothing until {@link #proceed} or a message. */
  ProofPipeline(AgentBase base, ProofAdmission admission, ProofAnswers answers, ProofDesk desk) {
    this.log = base.log();
    this.coordinator = base.parts().coordinator().key();
    this.memory = base.memory();
    this.admission = admission;
    this.answers = answers;
    this.desk = desk;
    this.events = base.events();
  }

  /** A challenge token came. */
  void onChallenge(String compact) throws RejectedException, IOException {
    SignedToken<ChallengeToken> challenge = verified(compact, ChallengeToken.class);
    synchronized (memory) {
      Optional<OpenProof> known = memory.open().find(challenge.digest());
      if (known.isPresent()) {
        desk.proceed(known.get());
        return;
      }
      memory.rules().check(challenge.token());
      memory.open().forgetOld(memory.time().now());
      if (memory.open().isFull()) {
        throw RejectedException.refused("too many proofs of this node have no result yet");
      }
      boolean occupied =
          memory.open().occupy(challenge.token().device(), challenge.digest(), memory.time().now());
      switch (admission.decide(challenge.token(), occupied)) {
        case ProofAdmission.Answer.Declined declined -> {
          ProofChain chain = answers.decline(challenge, declined.limit());
          memory.rules().accepted(challenge.token());
          memory.open().put(chain);
        }
        case ProofAdmission.Answer.Admitted admitted -> begin(challenge, admitted.task());
      }
    }
  }

  /** A receipt token came. */
  void onReceipt(String compact) throws RejectedException, IOException {
    SignedToken<ReceiptToken> receipt = verified(compact, ReceiptToken.class);
    synchronized (memory) {
      OpenProof proof = memory.open().owner(receipt);
      if (proof.chain().receipt().filter(receipt::equals).isPresent()) {
        desk.proceed(proof);
        return;
      }
      fits(proof, receipt);
      Instant expiry = Instant.ofEpochSecond(receipt.token().expiresAt());
      if (memory.time().isPast(expiry)) {
        throw RejectedException.refused("the receipt expired at " + expiry);
      }
      log.append(receipt);
      memory.time().witnessed(receipt.token().issuedAt());
      desk.proceed(memory.open().put(proof.chain().with(receipt)));
    }
  }

  /** A result token came. */
  void onResult(String compact) throws RejectedException, IOException {
    SignedToken<ResultToken> result = verified(compact, ResultToken.class);
    synchronized (memory) {
      if (memory.open().endedWith(result.digest())) {
        return;
      }
      OpenProof proof = memory.open().owner(result);
      fits(proof, result);
      log.append(result);
      memory.time().witnessed(result.token().issuedAt());
      memory.open().end(proof, result.digest());
      desk.ended(proof);
      ChallengeToken asked = proof.challenge();
      events.accept(
          new ProofJudged(asked.device(), asked.proof(), result.token(), witnessed(proof.chain())));
    }
  }

  /** A session stands: every open proof goes on, or its last word is sent again. */
  void proceed() {
    synchronized (memory) {
      memory.open().forgetOld(memory.time().now());
      for (OpenProof proof : memory.open().all()) {
        try {
          desk.proceed(proof);
        } catch (IOException e) {
          events.accept(new Trouble("a proof cannot go on: " + e.getMessage()));
        }
      }
    }
  }

  /** The proofs that have no result yet. */
  List<OpenProof> open() {
    synchronized (memory) {
      return memory.open().all();
    }
  }

  private void begin(SignedToken<ChallengeToken> challenge, ProofTask task) throws IOException {
    boolean logged = false;
    try {
      log.append(challenge);
      logged = true;
    } finally {
      if (!logged) {
        task.release();
      }
    }
    memory.rules().accepted(challenge.token());
    desk.commit(memory.open().begin(challenge), task);
  }

  /**
   * Throws unless the token may follow in the proof. Of two different words of the coordinator's in
   * one place the second is logged too, as evidence, and the proof is over.
   */
  private void fits(OpenProof proof, SignedToken<? extends Token> token)
      throws RejectedException, IOException {
    Optional<ChainFault> fault = proof.chain().fault(token);
    if (fault.isEmpty()) {
      if (memory.time().isImplausible(token.token().issuedAt())) {
        throw RejectedException.refused(
            "the token is of more than a day from now; if that is not so, set the node's clock");
      }
      return;
    }
    String reason = token.token().typ() + ": " + fault.get().reason();
    switch (fault.get().kind()) {
      case CONTRADICTION -> {
        log.append(token);
        memory.open().remove(proof);
        desk.ended(proof);
        throw RejectedException.refused(reason + "; both are in the node's log, the proof is over");
      }
      case ELSEWHERE, OUT_OF_ORDER -> throw RejectedException.outOfOrder(reason);
      case WRONG -> throw RejectedException.refused(reason);
    }
  }

  private <T extends Token> SignedToken<T> verified(String compact, Class<T> kind)
      throws RejectedException {
    try {
      return Tokens.verify(compact, kind, coordinator);
    } catch (TokenException e) {
      throw RejectedException.malformed(e);
    }
  }

  private static OptionalLong witnessed(ProofChain chain) {
    return chain.receipt().stream().mapToLong(receipt -> receipt.token().witnessedMs()).findFirst();
  }
}
