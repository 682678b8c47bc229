package dev.assay.token;

/** A token as read: one of a kind that we know, or of another that only its signer understands. */
public sealed interface ParsedToken permits SignedToken, UnknownToken {
  /** The envelope. */
  Jws jws();
}
