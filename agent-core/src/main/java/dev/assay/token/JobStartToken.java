package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;

/**
 * A node has begun a job.
 *
 * @param job digest of the job token
 * @param id the job's id
 * @param spec digest of the specification in it
 * @param bootEpoch which start of the node began it
 */
public record JobStartToken(
    KeyId issuer, long issuedAt, Digest job, String id, Digest spec, long bootEpoch)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-job-start+jwt";

  static JobStartToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    JobStartToken token =
        new JobStartToken(
            Claims.party(claims, "iss"),
            Claims.seconds(claims, "iat"),
            Claims.digest(assay, "job"),
            Claims.id(assay, "id"),
            Claims.digest(assay, "spec"),
            Claims.count(assay, "bootEpoch"));
    assay.end();
    return token;
  }

  @Override
  public String typ() {
    return TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims = Claims.issuedBy(issuer).put("iat", issuedAt);
    claims
        .putObject("assay")
        .put("job", job.base64Url())
        .put("id", id)
        .put("spec", spec.base64Url())
        .put("bootEpoch", bootEpoch);
    return claims;
  }
}
