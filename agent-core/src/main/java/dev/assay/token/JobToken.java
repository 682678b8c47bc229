package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.nio.charset.StandardCharsets;

/**
 * A coordinator asks a node to run a job.
 *
 * @param subject the node that is asked
 * @param id the job's id ({@code jti})
 * @param expiresAt after this the node does not begin it
 * @param spec the specification: one JSON object, written compactly, so that its digest is the same
 *     whoever takes it; what it says is not judged here
 */
public record JobToken(
    KeyId issuer, KeyId subject, String id, long issuedAt, long expiresAt, String spec)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-job+jwt";

  static JobToken read(JsonObject claims, String payload) {
    long issuedAt = Claims.seconds(claims, "iat");
    JsonObject assay = claims.object("assay");
    String spec = StrictJson.text(assay.object("spec").raw());
    if (!payload.contains("\"spec\":" + spec)) {
      throw assay.error("spec", "not written as compact JSON");
    }
    JobToken token =
        new JobToken(
            Claims.party(claims, "iss"),
            Claims.party(claims, "sub"),
            Claims.id(claims, "jti"),
            issuedAt,
            Claims.expiry(claims, issuedAt),
            spec);
    assay.end();
    return token;
  }

  /** What {@code assay-job-start+jwt} calls the specification: the SHA-256 of its JSON bytes. */
  public Digest specDigest() {
    return Digest.of(spec.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String typ() {
    return TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims =
        Claims.issuedBy(issuer)
            .put("sub", subject.urn())
            .put("jti", id)
            .put("iat", issuedAt)
            .put("exp", expiresAt);
    claims.putObject("assay").set("spec", StrictJson.object(spec, "spec").raw());
    return claims;
  }
}
