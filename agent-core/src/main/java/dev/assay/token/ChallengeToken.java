package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;

/**
 * A challenger asks a node's device for a proof.
 *
 * @param subject the node that is asked
 * @param id the challenger's own name for it
 * @param expiresAt when the node need not answer any more
 * @param nonce never used before
 * @param deadlineMs the witnessed time that still passes
 */
public record ChallengeToken(
    KeyId issuer,
    KeyId subject,
    String id,
    long issuedAt,
    long expiresAt,
    Hash32 nonce,
    String device,
    Proof proof,
    long deadlineMs)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-challenge+jwt";

  static ChallengeToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    long issuedAt = Claims.seconds(claims, "iat");
    ChallengeToken token =
        new ChallengeToken(
            Claims.party(claims, "iss"),
            Claims.party(claims, "sub"),
            Claims.line(claims, "jti", 128),
            issuedAt,
            Claims.expiry(claims, issuedAt),
            Claims.hash(claims, "eat_nonce"),
            Claims.id(assay, "device"),
            ProofJson.read(assay.object("proof")),
            Claims.count(assay, "deadlineMs"));
    assay.end();
    return token;
  }

  /** Whether the node asks itself: a self-test, which proves nothing to others. */
  public boolean selfTest() {
    return issuer.equals(subject);
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
            .put("exp", expiresAt)
            .put("eat_nonce", Claims.text(nonce));
    claims
        .putObject("assay")
        .put("device", device)
        .<ObjectNode>set("proof", ProofJson.write(proof))
        .put("deadlineMs", deadlineMs);
    return claims;
  }
}
