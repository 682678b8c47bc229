package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;

/**
 * A node shows the parts that a receipt asks for; they lie in a blob of their own.
 *
 * @param receipt digest of the receipt
 * @param blob digest of the opening blob
 * @param size bytes of the opening blob
 */
public record OpeningToken(KeyId issuer, long issuedAt, Digest receipt, Digest blob, long size)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-opening+jwt";

  static OpeningToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    OpeningToken token =
        new OpeningToken(
            Claims.party(claims, "iss"),
            Claims.seconds(claims, "iat"),
            Claims.digest(assay, "receipt"),
            Claims.digest(assay, "blob"),
            Claims.count(assay, "size"));
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
        .put("receipt", receipt.base64Url())
        .put("blob", blob.base64Url())
        .put("size", size);
    return claims;
  }
}
