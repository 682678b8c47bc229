package dev.assay.token;

import dev.assay.crypto.Digest;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import java.util.Optional;

/** The rules of tokens.md §2 and proofs.md §1 and §5 that tokens can be held to by themselves. */
final class ChainRules {
  /** How far a receipt's times may disagree with its witnessed time. */
  private static final long MAX_DISAGREEMENT_MS = 2000;

  private ChainRules() {}

  static Optional<ChainFault> foreign() {
    return fault(ChainFault.Kind.ELSEWHERE, "it is no token of a proof");
  }

  static Optional<ChainFault> challenge(ProofChain chain, SignedToken<?> next) {
    return chain.challenge().equals(next)
        ? Optional.empty()
        : fault(ChainFault.Kind.ELSEWHERE, "it begins another proof");
  }

  static Optional<ChainFault> commitment(
      ProofChain chain, SignedToken<?> next, CommitmentToken token) {
    return new Findings(next)
        .elsewhere(
            token.challenge().equals(chain.challenge().digest()), "it answers another challenge")
        .wrong(token.issuer().equals(chain.node()), "its signer is not the node that was asked")
        .only(chain.commitment(), "a second, different commitment to one challenge")
        .order(chain.refusal().isEmpty(), "the node had refused this challenge")
        .order(chain.result().isEmpty(), "the proof had ended")
        .fault();
  }

  static Optional<ChainFault> refusal(ProofChain chain, SignedToken<?> next, RefusalToken token) {
    return new Findings(next)
        .elsewhere(
            token.challenge().equals(chain.challenge().digest()), "it answers another challenge")
        .wrong(token.issuer().equals(chain.node()), "its signer is not the node that was asked")
        .repeats(chain.refusal(), "the node had refused this challenge before")
        .order(chain.commitment().isEmpty(), "the node had committed to this challenge")
        .order(chain.result().isEmpty(), "the proof had ended")
        .fault();
  }

  static Optional<ChainFault> receipt(ProofChain chain, SignedToken<?> next, ReceiptToken token) {
    ChallengeToken challenge = chain.challenge().token();
    return new Findings(next)
        .elsewhere(refers(token.commitment(), chain.commitment()), "it is for another commitment")
        .wrong(token.issuer().equals(chain.challenger()), "its signer is not the challenger")
        .wrong(token.subject().equals(chain.node()), "its subject is not the node that was asked")
        .only(chain.receipt(), "a second, different receipt for one challenge")
        .wrong(
            token.issuedAt() <= challenge.expiresAt(), "it was issued after the challenge expired")
        .wrong(
            timesAgree(challenge, token),
            "its witnessed time disagrees with the times of challenge and receipt by more than "
                + MAX_DISAGREEMENT_MS
                + " ms")
        .wrong(
            !chain.selfTest() || token.openingSeed().equals(Hash32.of(token.commitment().bytes())),
            "a self-test's opening seed is not the commitment's digest")
        .order(chain.result().isEmpty(), "the proof had ended")
        .fault();
  }

  static Optional<ChainFault> opening(ProofChain chain, SignedToken<?> next, OpeningToken token) {
    return new Findings(next)
        .elsewhere(refers(token.receipt(), chain.receipt()), "it is for another receipt")
        .wrong(token.issuer().equals(chain.node()), "its signer is not the node that was asked")
        .repeats(chain.opening(), "the commitment had been opened before")
        .order(chain.result().isEmpty(), "the proof had ended")
        .fault();
  }

  static Optional<ChainFault> result(ProofChain chain, SignedToken<?> next, ResultToken token) {
    boolean passes = token.status() == ResultToken.Status.PASS;
    boolean refused = token.status() == ResultToken.Status.REFUSED;
    Optional<String> failure = chain.failure();
    return new Findings(next)
        .elsewhere(chain.refersHere(token.about()), "it is about no token of this proof")
        .wrong(token.issuer().equals(chain.challenger()), "its signer is not the challenger")
        .wrong(token.subject().equals(chain.node()), "its subject is not the node that was asked")
        .only(
            chain.result().filter(earlier -> earlier.token().status() != token.status()),
            "a second result of one proof that contradicts the first")
        .repeats(chain.result(), "the proof had its result before")
        .wrong(!passes || refers(token.about(), chain.opening()), "it passes what was not opened")
        .wrong(!passes || failure.isEmpty(), "it passes a proof that fails: " + failure.orElse(""))
        .wrong(
            refused == refers(token.about(), chain.refusal()),
            "its status and the node's refusal do not go together")
        .wrong(
            !chain.selfTest() || token.proven().isEmpty(), "a self-test is credited with figures")
        .wrong(
            !passes || chain.selfTest() || token.proven().isPresent(),
            "it passes and says nothing of what is proven")
        .fault();
  }

  static Optional<String> failure(ProofChain chain) {
    return chain
        .commitment()
        .flatMap(commitment -> commitment(chain.challenge().token(), commitment.token()))
        .or(() -> chain.receipt().flatMap(receipt -> deadline(chain, receipt.token())))
        .or(() -> chain.opening().flatMap(opening -> size(chain, opening.token())));
  }

  private static Optional<String> commitment(ChallengeToken asked, CommitmentToken given) {
    Proof proof = asked.proof();
    if (!given.proof().equals(proof)) {
      return Optional.of("the commitment is to another proof than was asked for");
    }
    if (!given.device().equals(asked.device())) {
      return Optional.of("the commitment is of another device than was asked");
    }
    if (!given.nonce().equals(asked.nonce())) {
      return Optional.of("the commitment has another nonce than the challenge");
    }
    if (given.roots().size() != proof.rootCount()) {
      return Optional.of(
          "the commitment has " + given.roots().size() + " roots, not " + proof.rootCount());
    }
    return Optional.empty();
  }

  private static Optional<String> deadline(ProofChain chain, ReceiptToken receipt) {
    long deadline = chain.challenge().token().deadlineMs();
    return receipt.witnessedMs() <= deadline
        ? Optional.empty()
        : Optional.of(
            "the witnessed time of "
                + receipt.witnessedMs()
                + " ms is past the deadline of "
                + deadline
                + " ms");
  }

  private static Optional<String> size(ProofChain chain, OpeningToken opening) {
    long most = chain.challenge().token().proof().maxOpeningBytes();
    return opening.size() <= most
        ? Optional.empty()
        : Optional.of(
            "the opening has " + opening.size() + " bytes, more than the " + most + " it may have");
  }

  /** The times are within 9999 and the witnessed time below 2⁵³, so nothing here overflows. */
  private static boolean timesAgree(ChallengeToken challenge, ReceiptToken receipt) {
    long betweenMs = 1000 * (receipt.issuedAt() - challenge.issuedAt());
    return Math.abs(betweenMs - receipt.witnessedMs()) <= MAX_DISAGREEMENT_MS;
  }

  private static boolean refers(Digest digest, Optional<? extends SignedToken<?>> token) {
    return token.isPresent() && token.get().digest().equals(digest);
  }

  private static Optional<ChainFault> fault(ChainFault.Kind kind, String reason) {
    return Optional.of(new ChainFault(kind, reason, Optional.empty()));
  }
}
