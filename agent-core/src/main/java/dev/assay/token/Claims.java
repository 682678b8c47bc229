package dev.assay.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of value that claims have, on the way in and on the way out. */
final class Claims {
  /** The largest integer that every JSON reader has exactly (RFC 8259 §6). */
  static final long MAX_INTEGER = (1L << 53) - 1;

  /** The longest sentence that a token carries. */
  static final int MAX_SENTENCE = 1024;

  /** 9999-12-31T23:59:59Z. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private static final int MAX_ENCODED = 128;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private Claims() {}

  static KeyId party(JsonObject claims, String name) {
    return value(claims, name, KeyId::ofUrn);
  }

  static long seconds(JsonObject claims, String name) {
    return claims.integer(name, 0, MAX_SECONDS);
  }

  /** An {@code exp}, which is never before the {@code iat}. */
  static long expiry(JsonObject claims, long issuedAt) {
    long expiry = seconds(claims, "exp");
    if (expiry < issuedAt) {
      throw claims.error("exp", "before iat");
    }
    return expiry;
  }

  static long count(JsonObject claims, String name) {
    return claims.integer(name, 0, MAX_INTEGER);
  }

  static Digest digest(JsonObject claims, String name) {
    return value(claims, name, Digest::ofBase64Url);
  }

  static Hash32 hash(JsonObject claims, String name) {
    return value(claims, name, Claims::hash);
  }

  static List<Hash32> hashes(JsonObject claims, String name, int max) {
    List<String> texts = claims.strings(name, max, MAX_ENCODED);
    try {
      return texts.stream().map(Claims::hash).toList();
    } catch (IllegalArgumentException e) {
      throw claims.error(name, e.getMessage());
    }
  }

  /** The id of a device or a job. */
  static String id(JsonObject claims, String name) {
    String id = claims.string(name, 64);
    if (!ID.matcher(id).matches()) {
      throw claims.error(name, "does not match " + ID.pattern());
    }
    return id;
  }

  static String sentence(JsonObject claims, String name) {
    return line(claims, name, MAX_SENTENCE);
  }

  /** Text that a person may be shown: nothing in it moves a terminal's cursor or turns its text. */
  static String line(JsonObject claims, String name, int maxLength) {
    String text = claims.string(name, maxLength);
    if (text.codePoints().anyMatch(Claims::isUnprintable)) {
      throw claims.error(name, "holds a character that cannot be printed on a line");
    }
    return text;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** A claim that is base64url of {@code length} bytes, kept as text. */
  static Optional<String> optionalBytes(JsonObject claims, String name, int length) {
    Optional<String> text = claims.optionalString(name, MAX_ENCODED);
    try {
      text.ifPresent(encoded -> Base64Url.decode(encoded, length));
    } catch (IllegalArgumentException e) {
      throw claims.error(name, e.getMessage());
    }
    return text;
  }

  static String text(Hash32 hash) {
    return Base64Url.encode(hash.bytes());
  }

  static ArrayNode list(List<Hash32> hashes) {
    ArrayNode list = StrictJson.newObject().arrayNode();
    hashes.forEach(hash -> list.add(text(hash)));
    return list;
  }

  /** New claims that begin with {@code iss}, as all do. */
  static ObjectNode issuedBy(KeyId issuer) {
    return StrictJson.newObject().put("iss", issuer.urn());
  }

  private static Hash32 hash(String text) {
    return Hash32.of(Base64Url.decode(text, Hash32.BYTES));
  }

  private static <T> T value(JsonObject claims, String name, Function<String, T> reader) {
    String text = claims.string(name, MAX_ENCODED);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw claims.error(name, e.getMessage());
    }
  }
}
