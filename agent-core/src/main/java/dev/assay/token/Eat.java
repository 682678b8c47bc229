package dev.assay.token;

import dev.assay.crypto.Base64Url;
import dev.assay.json.JsonObject;
import java.util.Optional;

/** What the tokens of one {@code typ} share that are EATs (RFC 9711): a profile, and kinds. */
final class Eat {
  static final String TYP = "eat+jwt";
  static final String PROFILE = "tag:assay.dev,2026:node/v1";

  private static final int UEID_LENGTH = 33;
  private static final byte UEID_RAND = 1;

  private Eat() {}

  /** Reads the token of our profile and a kind that we know; of others, says what they are. */
  static ParsedToken read(Jws jws, JsonObject claims) {
    String profile =
        claims.has("eat_profile") ? Claims.line(claims, "eat_profile", 256) : "no profile";
    if (!profile.equals(PROFILE)) {
      return new UnknownToken(jws, TYP + " of " + profile);
    }
    JsonObject assay = claims.object("assay");
    String kind = Claims.line(assay, "kind", 64);
    return switch (kind) {
      case CommitmentToken.KIND -> new SignedToken<>(jws, CommitmentToken.read(claims, assay));
      case PlatformToken.KIND -> new SignedToken<>(jws, PlatformToken.read(claims, assay));
      default -> new UnknownToken(jws, TYP + " of kind " + kind);
    };
  }

  /** The {@code ueid}: 33 bytes, the first of which says that the others are random (RFC 9711). */
  static Optional<String> ueid(JsonObject claims) {
    Optional<String> ueid = Claims.optionalBytes(claims, "ueid", UEID_LENGTH);
    if (ueid.isPresent() && Base64Url.decode(ueid.get())[0] != UEID_RAND) {
      throw claims.error("ueid", "expected the type 01 in its first byte");
    }
    return ueid;
  }
}
