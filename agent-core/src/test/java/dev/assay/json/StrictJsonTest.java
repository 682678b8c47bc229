package dev.assay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "1",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1}x",
        "{\"a\":1} {}",
        "{a:1}",
        "{\"a\":01}"
      })
  void refusesWhatIsNotOneObject(String text) {
    assertThatThrownBy(() -> StrictJson.object(text, "challenge"))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("challenge: ");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xff;
    assertThatThrownBy(() -> StrictJson.object(bytes, "x")).hasMessage("x: not UTF-8");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    assertThatThrownBy(() -> StrictJson.object(deep, "x")).isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1e0", "0", "11", "\"1\"", "null", "18446744073709551617"})
  void refusesNumbersThatAreNotIntegersInRange(String number) {
    JsonObject object = StrictJson.object("{\"n\":" + number + "}", "proof");
    assertThatThrownBy(() -> object.integer("n", 1, 10))
        .hasMessageStartingWith("proof.n: expected an integer from 1 to 10, found ");
  }

  @Test
  void namesTheUnknownMemberAndTheNestedPlace() {
    JsonObject object = StrictJson.object("{\"a\":{\"b\":[\"x\",1]},\"c\":2}", "m");
    assertThatThrownBy(() -> object.object("a").strings("b", 9, 9))
        .hasMessage("m.a.b[1]: expected a string, found 1");
    assertThatThrownBy(object::end).hasMessage("m.c: unknown member");
    assertThat(object.integer("c", 0, 5)).isEqualTo(2);
    object.end();
  }
}
