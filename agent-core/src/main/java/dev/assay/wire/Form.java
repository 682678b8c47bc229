package dev.assay.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.json.JsonObject;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How one kind of message is written as JSON and read again. Reading checks kinds; the record's
 * constructor then checks ranges, for messages read and made alike.
 */
record Form<T extends Message>(
    String type, Class<T> kind, Function<JsonObject, T> reader, BiConsumer<T, ObjectNode> writer) {

  /** A message whose only member is a token. */
  static <T extends Message> Form<T> ofToken(
      String type, Class<T> kind, Function<String, T> maker, Function<T, String> token) {
    return new Form<>(
        type,
        kind,
        in -> maker.apply(token(in, "token")),
        (message, out) -> out.put("token", token.apply(message)));
  }

  static String token(JsonObject in, String name) {
    return in.string(name, Limits.TOKEN_LENGTH);
  }

  static String name(JsonObject in, String name) {
    return in.string(name, Limits.NAME_LENGTH);
  }

  static String sentence(JsonObject in, String name) {
    return in.string(name, Limits.SENTENCE_LENGTH);
  }

  static long count(JsonObject in, String name) {
    return in.integer(name, 0, Limits.MAX_INTEGER);
  }

  static int number(JsonObject in, String name) {
    return (int) in.integer(name, 0, Integer.MAX_VALUE);
  }

  static Digest digest(JsonObject in, String name) {
    return parsed(in, name, in.string(name, 43), Digest::ofBase64Url);
  }

  static Bytes bytes(JsonObject in, String name) {
    String text = in.string(name, (Limits.CHUNK_BYTES * 4 + 2) / 3);
    return parsed(in, name, text, value -> Bytes.of(Base64Url.decode(value)));
  }

  static JobStream stream(JsonObject in, String name) {
    return switch (in.string(name, 6)) {
      case "stdout" -> JobStream.STDOUT;
      case "stderr" -> JobStream.STDERR;
      default -> throw in.error(name, "expected \"stdout\" or \"stderr\"");
    };
  }

  /** Gives an error of {@code parser} the place where the value stood. */
  static <V> V parsed(JsonObject in, String name, String text, Function<String, V> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw in.error(name, e.getMessage());
    }
  }

  static void putIfPresent(ObjectNode out, String name, Optional<String> value) {
    value.ifPresent(text -> out.put(name, text));
  }

  T read(JsonObject in) {
    T message = reader.apply(in);
    in.end();
    return message;
  }

  /** Adds the members of a message that is of this form's kind. */
  void write(Message message, ObjectNode out) {
    writer.accept(kind.cast(message), out);
  }
}
