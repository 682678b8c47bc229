package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * A verifier's word on how a proof ended.
 *
 * @param subject the node
 * @param about digest of the last token of the proof that the verifier saw
 * @param reason the first thing that was wrong, empty if nothing was
 * @param proven what is credited; a self-test has none
 */
public record ResultToken(
    KeyId issuer,
    KeyId subject,
    long issuedAt,
    Digest about,
    Status status,
    String reason,
    Optional<ProvenFigures> proven)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-result+jwt";

  /** How a proof ends. */
  public enum Status {
    PASS,
    FAIL,
    /** The node declined, with a reason; this is not held against it. */
    REFUSED;

    /** The status as tokens write it, in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ResultToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    ResultToken token =
        new ResultToken(
            Claims.party(claims, "iss"),
            Claims.party(claims, "sub"),
            Claims.seconds(claims, "iat"),
            Claims.digest(assay, "about"),
            status(assay),
            Claims.sentence(assay, "reason"),
            assay.optionalObject("proven").map(ProvenFigures::read));
    assay.end();
    return token;
  }

  private static Status status(JsonObject assay) {
    String label = assay.string("status", 16);
    for (Status status : Status.values()) {
      if (status.label().equals(label)) {
        return status;
      }
    }
    throw assay.error("status", "expected pass, fail or refused");
  }

  @Override
  public String typ() {
    return TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims = Claims.issuedBy(issuer).put("sub", subject.urn()).put("iat", issuedAt);
    ObjectNode assay =
        claims
            .putObject("assay")
            .put("about", about.base64Url())
            .put("status", status.label())
            .put("reason", reason);
    proven.ifPresent(figures -> assay.set("proven", figures.write()));
    return claims;
  }
}
