package dev.assay.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON strictly. Writing keeps the order in which members were put and adds no
 * white space.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT = 16 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNumberLength(32)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON object that fills {@code utf8} completely.
   *
   * @param what names the input in errors, such as {@code challenge}
   * @throws JsonException if it is not UTF-8, not JSON, not an object, has a duplicate member or is
   *     nested too deeply
   */
  public static JsonObject object(byte[] utf8, String what) {
    JsonNode node = value(utf8, what);
    if (!(node instanceof ObjectNode object)) {
      throw new JsonException(what, "expected a JSON object");
    }
    return new JsonObject(object, what);
  }

  /** As {@link #object(byte[], String)}, of text. */
  public static JsonObject object(String text, String what) {
    return object(text.getBytes(StandardCharsets.UTF_8), what);
  }

  /** A new, empty object to fill for writing. */
  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** The node's compact JSON text in UTF-8. */
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /** The node's compact JSON text. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree that cannot be written", e);
    }
  }

  /** The node's JSON text, indented for a person. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  private static JsonNode value(byte[] utf8, String what) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      return MAPPER.readTree(utf8);
    } catch (CharacterCodingException e) {
      throw new JsonException(what, "not UTF-8");
    } catch (JsonProcessingException e) {
      throw new JsonException(what, "not strict JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }
}
