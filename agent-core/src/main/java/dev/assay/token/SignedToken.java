package dev.assay.token;

import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;

/**
 * A token in its envelope. The claims are those of the envelope's payload; whether the signature
 * holds is known only after {@link #verifiedBy}.
 */
public final class SignedToken<T extends Token> implements ParsedToken {
  private final Jws jws;
  private final T token;

  SignedToken(Jws jws, T token) {
    this.jws = jws;
    this.token = token;
  }

  @Override
  public Jws jws() {
    return jws;
  }

  /** The claims. */
  public T token() {
    return token;
  }

  /** The compact form, as it is sent and logged. */
  public String compact() {
    return jws.compact();
  }

  /** What other tokens call it. */
  public Digest digest() {
    return jws.digest();
  }

  /** Whether {@code key} is the one that the token names and has signed it. */
  public boolean verifiedBy(PublicKey key) {
    return jws.verifiedBy(key);
  }

  /** Equal when the compact bytes are: a second signature is a second token. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SignedToken<?> signed && jws.equals(signed.jws);
  }

  @Override
  public int hashCode() {
    return jws.hashCode();
  }

  @Override
  public String toString() {
    return token + " " + digest();
  }
}
