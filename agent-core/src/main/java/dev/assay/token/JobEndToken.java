package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A job has ended, or will never begin. Why in detail is for the coordinator alone: it may hold
 * paths of the host.
 *
 * @param job digest of the job token
 * @param id the job's id
 * @param start digest of the start token, if it began
 * @param outcome one word
 * @param cause one word for why it never ran, if it failed to start
 * @param image the digest of the image that it ran in, {@code sha256:} and 64 digits, if it was one
 * @param exitCode the program's own, if it ended by itself
 * @param signal that ended the program, if one did
 * @param startedAt when the program began, by the node's clock, if it did
 */
public record JobEndToken(
    KeyId issuer,
    long issuedAt,
    Digest job,
    String id,
    Optional<Digest> start,
    String outcome,
    Optional<String> cause,
    Optional<String> image,
    OptionalInt exitCode,
    OptionalInt signal,
    Output stdout,
    Output stderr,
    OptionalLong startedAt,
    long endedAt)
    implements Token {
  /** Its {@code typ}. */
  public static final String TYP = "assay-job-end+jwt";

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern IMAGE = Pattern.compile("sha256:[0-9a-f]{64}");

  /** All that a job wrote to one stream. */
  public record Output(long size, Digest sha256) {
    private static Output read(JsonObject json) {
      Output output = new Output(Claims.count(json, "size"), Claims.digest(json, "sha256"));
      json.end();
      return output;
    }

    private ObjectNode write() {
      return StrictJson.newObject().put("size", size).put("sha256", sha256.base64Url());
    }
  }

  static JobEndToken read(JsonObject claims) {
    JsonObject assay = claims.object("assay");
    JobEndToken token =
        new JobEndToken(
            Claims.party(claims, "iss"),
            Claims.seconds(claims, "iat"),
            Claims.digest(assay, "job"),
            Claims.id(assay, "id"),
            assay.has("start") ? Optional.of(Claims.digest(assay, "start")) : Optional.empty(),
            matching(assay, "outcome", WORD),
            assay.has("cause") ? Optional.of(matching(assay, "cause", WORD)) : Optional.empty(),
            assay.has("image") ? Optional.of(matching(assay, "image", IMAGE)) : Optional.empty(),
            optional(assay, "exitCode", 0, 255),
            optional(assay, "signal", 1, 127),
            Output.read(assay.object("stdout")),
            Output.read(assay.object("stderr")),
            assay.has("startedAt")
                ? OptionalLong.of(Claims.seconds(assay, "startedAt"))
                : OptionalLong.empty(),
            Claims.seconds(assay, "endedAt"));
    assay.end();
    return token;
  }

  private static String matching(JsonObject assay, String name, Pattern form) {
    String text = assay.string(name, 128);
    if (!form.matcher(text).matches()) {
      throw assay.error(name, "does not match " + form.pattern());
    }
    return text;
  }

  private static OptionalInt optional(JsonObject assay, String name, int min, int max) {
    return assay.has(name)
        ? OptionalInt.of((int) assay.integer(name, min, max))
        : OptionalInt.empty();
  }

  @Override
  public String typ() {
    return TYP;
  }

  @Override
  public ObjectNode claims() {
    ObjectNode claims = Claims.issuedBy(issuer).put("iat", issuedAt);
    ObjectNode assay = claims.putObject("assay").put("job", job.base64Url()).put("id", id);
    start.ifPresent(digest -> assay.put("start", digest.base64Url()));
    assay.put("outcome", outcome);
    cause.ifPresent(word -> assay.put("cause", word));
    image.ifPresent(digest -> assay.put("image", digest));
    exitCode.ifPresent(code -> assay.put("exitCode", code));
    signal.ifPresent(number -> assay.put("signal", number));
    assay.set("stdout", stdout.write());
    assay.set("stderr", stderr.write());
    startedAt.ifPresent(seconds -> assay.put("startedAt", seconds));
    assay.put("endedAt", endedAt);
    return claims;
  }
}
