package dev.assay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.json.StrictJson;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/protocol.md says what the code does. */
class ProtocolDocumentTest {
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

  private final String document = Files.readString(Path.of("..", "docs", "protocol.md"));

  ProtocolDocumentTest() throws IOException {}

  @Test
  void everyExampleIsAMessageAsItIsSentAndEveryTypeHasOne() {
    Set<String> shown = new TreeSet<>();
    EXAMPLE
        .matcher(document)
        .results()
        .map(match -> match.group(1))
        .forEach(
            example -> {
              String type = StrictJson.object(example, "example").string("type", 64);
              shown.add(type);
              if (MessageCodec.FROM_NODE.types().contains(type)) {
                assertThat(again(MessageCodec.FROM_NODE, example)).isEqualTo(example);
                assertThat(WireSchema.FROM_NODE.errors(example)).isEmpty();
              } else {
                assertThat(again(MessageCodec.FROM_COORDINATOR, example)).isEqualTo(example);
                assertThat(WireSchema.FROM_COORDINATOR.errors(example)).isEmpty();
              }
            });
    assertThat(shown)
        .containsAll(MessageCodec.FROM_NODE.types())
        .containsAll(MessageCodec.FROM_COORDINATOR.types());
  }

  private static <M extends Message> String again(MessageCodec<M> codec, String example) {
    return codec.encode(codec.decode(example));
  }

  @Test
  void theTablesListEveryTypeErrorAndCloseCode() throws IllegalAccessException {
    Set<String> rows = new TreeSet<>();
    Pattern.compile("(?m)^\\| `([a-z-]+)`")
        .matcher(document)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(rows::add);
    assertThat(rows)
        .containsAll(MessageCodec.FROM_NODE.types())
        .containsAll(MessageCodec.FROM_COORDINATOR.types());
    for (var field : Fault.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        assertThat(rows).contains((String) field.get(null));
      }
    }
    String closeCodes = document.substring(document.indexOf("| close code |"));
    Arrays.stream(CloseCode.values())
        .filter(CloseCode::isSent)
        .forEach(code -> assertThat(closeCodes).contains(String.valueOf(code.number())));
  }

  @Test
  void theBoundsAreThoseOfTheCode() {
    assertThat(document)
        .contains("at most 262,144 bytes")
        .contains("| data | bytes in base64url | 65,536 bytes |")
        .contains("as signed | 65,535 characters |")
        .contains("or lines of one | 1 to 16,384 characters |")
        .contains("1 to 32,768 characters")
        .contains("at most 1,024 characters")
        .contains("`devices` at most 64 ids, `jobs` at most 256");
    assertThat(Limits.MESSAGE_BYTES).isEqualTo(262_144);
    assertThat(Limits.CHUNK_BYTES).isEqualTo(65_536);
    assertThat(Limits.TOKEN_LENGTH).isEqualTo(65_535);
    assertThat(Limits.NOTE_LENGTH).isEqualTo(16_384);
    assertThat(Limits.ADD_CHECKPOINT_LENGTH).isEqualTo(32_768);
    assertThat(Limits.SENTENCE_LENGTH).isEqualTo(1024);
    assertThat(Limits.DEVICES).isEqualTo(64);
    assertThat(Limits.JOBS).isEqualTo(256);
  }
}
