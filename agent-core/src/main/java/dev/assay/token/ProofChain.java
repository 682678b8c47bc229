package dev.assay.token;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens of one proof, from its challenge on, each of which refers to the one before: challenge
 * → commitment (or refusal) → receipt → opening → result. Immutable; {@link #with} gives the longer
 * chain.
 *
 * <p>Two questions are kept apart. {@link #fault} says why a token may not stand in the chain at
 * all. {@link #failure} says why the proof fails although every token stands where it should: its
 * challenger then signs a result that says so, and that result belongs to the chain. Signatures,
 * nonces seen in other proofs and what an opening shows are for the caller to check.
 */
public final class ProofChain {
  private final SignedToken<ChallengeToken> challenge;
  private final Optional<SignedToken<CommitmentToken>> commitment;
  private final Optional<SignedToken<RefusalToken>> refusal;
  private final Optional<SignedToken<ReceiptToken>> receipt;
  private final Optional<SignedToken<OpeningToken>> opening;
  private final Optional<SignedToken<ResultToken>> result;

  private ProofChain(
      SignedToken<ChallengeToken> challenge,
      Optional<SignedToken<CommitmentToken>> commitment,
      Optional<SignedToken<RefusalToken>> refusal,
      Optional<SignedToken<ReceiptToken>> receipt,
      Optional<SignedToken<OpeningToken>> opening,
      Optional<SignedToken<ResultToken>> result) {
    this.challenge = challenge;
    this.commitment = commitment;
    this.refusal = refusal;
    this.receipt = receipt;
    this.opening = opening;
    this.result = result;
  }

  /** The chain that this challenge begins. */
  public static ProofChain of(SignedToken<ChallengeToken> challenge) {
    return new ProofChain(
        challenge,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The challenge. */
  public SignedToken<ChallengeToken> challenge() {
    return challenge;
  }

  /** The commitment, if it is there. */
  public Optional<SignedToken<CommitmentToken>> commitment() {
    return commitment;
  }

  /** The refusal, if it is there. */
  public Optional<SignedToken<RefusalToken>> refusal() {
    return refusal;
  }

  /** The receipt, if it is there. */
  public Optional<SignedToken<ReceiptToken>> receipt() {
    return receipt;
  }

  /** The opening, if it is there. */
  public Optional<SignedToken<OpeningToken>> opening() {
    return opening;
  }

  /** The result, if it is there. */
  public Optional<SignedToken<ResultToken>> result() {
    return result;
  }

  /** Who asks. */
  public KeyId challenger() {
    return challenge.token().issuer();
  }

  /** Who is asked. */
  public KeyId node() {
    return challenge.token().subject();
  }

  /** Whether the node asks itself. */
  public boolean selfTest() {
    return challenge.token().selfTest();
  }

  /** The last token before the result: what a result signed now would be about. */
  public SignedToken<?> last() {
    return Stream.<Optional<? extends SignedToken<?>>>of(opening, receipt, commitment, refusal)
        .<SignedToken<?>>flatMap(Optional::stream)
        .findFirst()
        .orElse(challenge);
  }

  /** Whether one of the tokens before the result has this digest. */
  boolean refersHere(Digest digest) {
    return Stream.<Optional<? extends SignedToken<?>>>of(
            Optional.of(challenge), opening, receipt, commitment, refusal)
        .flatMap(Optional::stream)
        .anyMatch(token -> token.digest().equals(digest));
  }

  /** Why {@code next} may not follow; empty if it may, or if it is in the chain already. */
  public Optional<ChainFault> fault(SignedToken<?> next) {
    return switch (next.token()) {
      case ChallengeToken c -> ChainRules.challenge(this, next);
      case CommitmentToken c -> ChainRules.commitment(this, next, c);
      case RefusalToken r -> ChainRules.refusal(this, next, r);
      case ReceiptToken r -> ChainRules.receipt(this, next, r);
      case OpeningToken o -> ChainRules.opening(this, next, o);
      case ResultToken r -> ChainRules.result(this, next, r);
      case PlatformToken p -> ChainRules.foreign();
      case JobToken j -> ChainRules.foreign();
      case JobStartToken j -> ChainRules.foreign();
      case JobEndToken j -> ChainRules.foreign();
    };
  }

  /** Why the proof fails by its tokens alone; empty if it does not, or not yet. */
  public Optional<String> failure() {
    return ChainRules.failure(this);
  }

  /**
   * The chain with {@code next} in it.
   *
   * @throws TokenException with the reason if {@link #fault} finds one
   */
  public ProofChain with(SignedToken<?> next) {
    fault(next)
        .ifPresent(
            fault -> {
              throw new TokenException(next.token().typ() + ": " + fault.reason());
            });
    Jws jws = next.jws();
    return switch (next.token()) {
      case CommitmentToken c ->
          new ProofChain(challenge, signed(jws, c), refusal, receipt, opening, result);
      case RefusalToken r ->
          new ProofChain(challenge, commitment, signed(jws, r), receipt, opening, result);
      case ReceiptToken r ->
          new ProofChain(challenge, commitment, refusal, signed(jws, r), opening, result);
      case OpeningToken o ->
          new ProofChain(challenge, commitment, refusal, receipt, signed(jws, o), result);
      case ResultToken r ->
          new ProofChain(challenge, commitment, refusal, receipt, opening, signed(jws, r));
      case ChallengeToken c -> this;
      case PlatformToken p -> this;
      case JobToken j -> this;
      case JobStartToken j -> this;
      case JobEndToken j -> this;
    };
  }

  private static <T extends Token> Optional<SignedToken<T>> signed(Jws jws, T token) {
    return Optional.of(new SignedToken<>(jws, token));
  }
}
