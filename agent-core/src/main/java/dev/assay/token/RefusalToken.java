package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A node will not or cannot do what a challenge asks; no fault of anyone.
 *
 * @param challenge digest of the challenge
 * @param reason one sentence
 * @param limits what it could do, by the names of the proof's parameters
 */
public record RefusalToken(
    KeyId issuer, long issuedAt, Digest challenge, String reason, Map<String, Long> limits)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-refusal+jwt";

  private static final int MAX_LIMITS = 32;
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

  /** Takes a copy of the limits, in their order. */
  public RefusalToken {
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }

  static RefusalToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    RefusalToken token =
        new RefusalToken(
            Claims.party(claims, "iss"),
            Claims.seconds(claims, "iat"),
            Claims.digest(assay, "challenge"),
            Claims.sentence(assay, "reason"),
            limits(assay.object("limits")));
    assay.end();
    return token;
  }

  private static Map<String, Long> limits(JsonObject json) {
    Map<String, Long> limits = new LinkedHashMap<>();
    for (String name : json.names()) {
      if (limits.size() == MAX_LIMITS || !NAME.matcher(name).matches()) {
        throw json.error(
            "limits", "expected at most " + MAX_LIMITS + " names that match " + NAME.pattern());
      }
      limits.put(name, Claims.count(json, name));
    }
    return limits;
  }

  @Override
  public String typ() {
    return TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims = Claims.issuedBy(issuer).put("iat", issuedAt);
    ObjectNode assay =
        claims.putObject("assay").put("challenge", challenge.base64Url()).put("reason", reason);
    limits.forEach(assay.putObject("limits")::put);
    return claims;
  }
}
