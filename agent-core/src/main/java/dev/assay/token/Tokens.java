package dev.assay.token;

import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** Signs tokens and reads them. */
public final class Tokens {
  private Tokens() {}

  /**
   * Signs {@code token} with its issuer's key. What is signed here has been read back first, so no
   * strict reader refuses it.
   *
   * @throws TokenException if a claim is out of bounds or the token too long
   */
  public static <T extends Token> SignedToken<T> sign(T token, SigningKey key) {
    if (!token.issuer().equals(key.id())) {
      throw new TokenException("a token of " + token.issuer() + " cannot be signed by " + key.id());
    }
    Jws jws = Jws.sign(token.typ(), StrictJson.bytes(token.claims()), key);
    if (!(read(jws) instanceof SignedToken<?> signed) || !signed.token().equals(token)) {
      throw new TokenException(token.typ() + ": reads back as another token than was given");
    }
    return new SignedToken<>(jws, token);
  }

  /**
   * Reads any token; its signature is not yet checked.
   *
   * @throws TokenException if it is malformed, or of a kind of ours and not as tokens.md has it
   */
  public static ParsedToken parse(String compact) {
    return read(Jws.parse(compact));
  }

  /** As {@link #parse(String)}, of the bytes of a log entry. */
  public static ParsedToken parse(byte[] compact) {
    return parse(new String(compact, StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a token of one kind; its signature is not yet checked.
   *
   * @throws TokenException also if it is of another kind
   */
  public static <T extends Token> SignedToken<T> parse(String compact, Class<T> kind) {
    ParsedToken parsed = parse(compact);
    if (parsed instanceof SignedToken<?> signed && kind.isInstance(signed.token())) {
      return new SignedToken<>(signed.jws(), kind.cast(signed.token()));
    }
    throw new TokenException(
        "token: expected a " + kind.getSimpleName() + ", found typ " + parsed.jws().typ());
  }

  /**
   * Reads a token of one kind that {@code signer} must have signed.
   *
   * @throws TokenException also if {@code signer} has not
   */
  public static <T extends Token> SignedToken<T> verify(
      String compact, Class<T> kind, PublicKey signer) {
    SignedToken<T> signed = parse(compact, kind);
    if (!signed.verifiedBy(signer)) {
      throw new TokenException(
          signed.token().typ() + ": not signed by " + signer.id() + ", or altered since");
    }
    return signed;
  }

  private static String text(Jws jws) {
    return new String(jws.payload(), StandardCharsets.UTF_8);
  }

  private static ParsedToken read(Jws jws) {
    try {
      JsonObject claims = StrictJson.object(jws.payload(), jws.typ());
      ParsedToken parsed =
          switch (jws.typ()) {
            case ChallengeToken.TYP -> new SignedToken<>(jws, ChallengeToken.read(claims));
            case Eat.TYP -> Eat.read(jws, claims);
            case RefusalToken.TYP -> new SignedToken<>(jws, RefusalToken.read(claims));
            case ReceiptToken.TYP -> new SignedToken<>(jws, ReceiptToken.read(claims));
            case OpeningToken.TYP -> new SignedToken<>(jws, OpeningToken.read(claims));
            case ResultToken.TYP -> new SignedToken<>(jws, ResultToken.read(claims));
            case JobToken.TYP -> new SignedToken<>(jws, JobToken.read(claims, text(jws)));
            case JobStartToken.TYP -> new SignedToken<>(jws, JobStartToken.read(claims));
            case JobEndToken.TYP -> new SignedToken<>(jws, JobEndToken.read(claims));
            default -> new UnknownToken(jws, jws.typ());
          };
      if (parsed instanceof SignedToken<?> signed && !signed.token().issuer().equals(jws.kid())) {
        throw claims.error("iss", "is not the key that the header names");
      }
      return parsed;
    } catch (TokenException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TokenException(e.getMessage(), e);
    }
  }
}
