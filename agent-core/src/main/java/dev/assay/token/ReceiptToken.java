package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.proof.Hash32;

/**
 * A challenger's word of when it got a commitment, and which parts it wants to see.
 *
 * @param subject the node
 * @param expiresAt until when the opening is taken
 * @param commitment digest of the commitment
 * @param witnessedMs from sending the challenge to receiving the commitment, by its own clock
 * @param openingSeed picks the parts; nobody knew it before the commitment
 */
public record ReceiptToken(
    KeyId issuer,
    KeyId subject,
    long issuedAt,
    long expiresAt,
    Digest commitment,
    long witnessedMs,
    Hash32 openingSeed)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-receipt+jwt";

  /** Far enough below what {@link ChainRules} allows that no rounding to seconds reaches it. */
  private static final long MOST_DELAY_MS = 1000;

  /**
   * The {@code iat} of a receipt that is issued so long after its challenge. It follows the clock
   * that only goes forward from the challenge's time on, so no jump of the wall clock spoils it; a
   * challenger whose disk was slow counts only the first second of its own delay, so that the times
   * agree with the witnessed time in any case (tokens.md §2).
   *
   * @param challengedAtMs when the challenge was issued, milliseconds since 1970
   * @param elapsedMs from then until now, by the monotonic clock; at least {@code witnessedMs}
   * @return seconds since 1970
   */
  public static long issuedAt(long challengedAtMs, long elapsedMs, long witnessedMs) {
    return Math.floorDiv(challengedAtMs + Math.min(elapsedMs, witnessedMs + MOST_DELAY_MS), 1000L);
  }

  static ReceiptToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    long issuedAt = Claims.seconds(claims, "iat");
    ReceiptToken token =
        new ReceiptToken(
            Claims.party(claims, "iss"),
            Claims.party(claims, "sub"),
            issuedAt,
            Claims.expiry(claims, issuedAt),
            Claims.digest(assay, "commitment"),
            Claims.count(assay, "witnessedMs"),
            Claims.hash(assay, "openingSeed"));
    assay.end();
    return token;
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
            .put("iat", issuedAt)
            .put("exp", expiresAt);
    claims
        .putObject("assay")
        .put("commitment", commitment.base64Url())
        .put("witnessedMs", witnessedMs)
        .put("openingSeed", Claims.text(openingSeed));
    return claims;
  }
}
