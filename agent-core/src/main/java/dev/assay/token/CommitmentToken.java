package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import java.util.List;
import java.util.Optional;

/**
 * A node's word that it has done the work, before it knows which parts it will have to show.
 *
 * @param nonce the challenge's, as are {@code device} and {@code proof}
 * @param ueid the host, as in its platform evidence; a host with no machine id has none
 * @param challenge digest of the challenge
 * @param elapsedMs the node's own word, which decides nothing
 */
public record CommitmentToken(
    KeyId issuer,
    long issuedAt,
    Hash32 nonce,
    Optional<String> ueid,
    Digest challenge,
    String device,
    Proof proof,
    List<Hash32> roots,
    long elapsedMs)
    implements Token {
  static final String KIND = "commitment";

  /** A matmul of the most rounds has as many; memory-fill and hash-chain have fewer. */
  private static final int MAX_ROOTS = 512;

  /** Takes a copy of the roots. */
  public CommitmentToken {
    roots = List.copyOf(roots);
  }

  static CommitmentToken read(JsonObject claims, JsonObject assay) {
    CommitmentToken token =
        new CommitmentToken(
            Claims.party(claims, "iss"),
            Claims.seconds(claims, "iat"),
            Claims.hash(claims, "eat_nonce"),
            Eat.ueid(claims),
            Claims.digest(assay, "challenge"),
            Claims.id(assay, "device"),
            ProofJson.read(assay.object("proof")),
            Claims.hashes(assay, "roots", MAX_ROOTS),
            Claims.count(assay, "elapsedMs"));
    assay.end();
    return token;
  }

  @Override
  public String typ() {
    return Eat.TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims =
        Claims.issuedBy(issuer)
            .put("iat", issuedAt)
            .put("eat_profile", Eat.PROFILE)
            .put("eat_nonce", Claims.text(nonce));
    ueid.ifPresent(id -> claims.put("ueid", id));
    claims
        .putObject("assay")
        .put("kind", KIND)
        .put("challenge", challenge.base64Url())
        .put("device", device)
        .<ObjectNode>set("proof", ProofJson.write(proof))
        .<ObjectNode>set("roots", Claims.list(roots))
        .put("elapsedMs", elapsedMs);
    return claims;
  }
}
