package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.KeyId;
import dev.assay.hardware.PlatformFacts;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;

/**
 * What a host says that it is (tokens.md §3): claims, not proofs. Each component is a submodule;
 * what sources disagree on stands under {@code assay.conflicts}.
 */
public record PlatformToken(KeyId issuer, long issuedAt, PlatformFacts facts) implements Token {
  static final String KIND = "platform";

  private static final int BOOT_SEED_LENGTH = 16;

  static PlatformToken read(JsonObject claims, JsonObject assay) {
    PlatformFacts facts =
        new PlatformFacts(
            FactsJson.components(claims.object("submods")),
            FactsJson.conflicts(assay),
            FactsJson.optionalCount(claims, "uptime"),
            Claims.optionalBytes(claims, "bootseed", BOOT_SEED_LENGTH),
            Eat.ueid(claims));
    PlatformToken token =
        new PlatformToken(Claims.party(claims, "iss"), Claims.seconds(claims, "iat"), facts);
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
        Claims.issuedBy(issuer).put("iat", issuedAt).put("eat_profile", Eat.PROFILE);
    return claims.setAll(claims(facts));
  }

  /** The claims about the platform alone: those of a token without its issuer and time. */
  public static ObjectNode claims(PlatformFacts facts) {
    ObjectNode claims = StrictJson.newObject();
    facts.ueid().ifPresent(ueid -> claims.put("ueid", ueid));
    facts.uptimeSeconds().ifPresent(uptime -> claims.put("uptime", uptime));
    facts.bootSeed().ifPresent(seed -> claims.put("bootseed", seed));
    claims.set("submods", FactsJson.write(facts.components()));
    ObjectNode assay = claims.putObject("assay").put("kind", KIND);
    assay.set("conflicts", FactsJson.writeConflicts(facts.conflicts()));
    return claims;
  }
}
