package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.KeyId;

/** The claims of one token. Times are seconds since 1970, as JWTs have them. */
public sealed interface Token
    permits ChallengeToken,
        CommitmentToken,
        RefusalToken,
        ReceiptToken,
        OpeningToken,
        ResultToken,
        PlatformToken,
        JobToken,
        JobStartToken,
        JobEndToken {
  /** The {@code typ} of its header. */
  String typ();

  /** Who signs it ({@code iss}). */
  KeyId issuer();

  /** When it was signed, by the signer's own clock ({@code iat}). */
  long issuedAt();

  /** The claims as they are signed, in the order of tokens.md. */
  ObjectNode claims();
}
