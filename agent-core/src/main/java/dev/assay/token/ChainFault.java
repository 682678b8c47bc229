package dev.assay.token;

import java.util.Optional;

/**
 * Why a token cannot follow in a {@link ProofChain}.
 *
 * @param reason one phrase that names the first rule broken
 * @param earlier for a contradiction the token that the same signer signed before: the two together
 *     are evidence against that signer
 */
public record ChainFault(Kind kind, String reason, Optional<SignedToken<?>> earlier) {
  /** Sorted by what it says of the token's signer. */
  public enum Kind {
    /** It belongs to another proof: misdirected, and no word against anyone. */
    ELSEWHERE,
    /** It comes out of order, such as after the end; no word against anyone. */
    OUT_OF_ORDER,
    /** It breaks a rule that its signer had to keep. */
    WRONG,
    /** Its signer has signed another one in its place: evidence. */
    CONTRADICTION
  }
}
