package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSpecTest {
  private static final String FULL =
      "{\"runtime\":\"process\",\"command\":[\"sh\",\"-c\",\"echo $A\"],"
          + "\"environment\":{\"A\":\"1\",\"B_2\":\"\"},"
          + "\"resources\":{\"memoryBytes\":268435456,\"milliCpus\":1500,\"processes\":64},"
          + "\"timeLimitSeconds\":60,\"graceSeconds\":10,\"stopAfterDisconnectSeconds\":3600}";

  private static JobSpec parse(String json) {
    return JobSpec.parse(StrictJson.object(json, "spec"));
  }

  @Test
  void whatIsReadIsWrittenInTheSameBytes() {
    JobSpec spec = parse(FULL);

    assertThat(new String(spec.bytes(), StandardCharsets.UTF_8)).isEqualTo(FULL);
    assertThat(spec.resources()).isEqualTo(new Resources(268435456, 1500, 64));
    assertThat(spec.timeLimit()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.stopAfterDisconnect()).contains(Duration.ofHours(1));
    assertThat(parse(new String(spec.bytes(), StandardCharsets.UTF_8))).isEqualTo(spec);
  }

  @Test
  void theOrderOfMembersAndVariablesDoesNotMatter() {
    String other =
        "{\"graceSeconds\":10,\"stopAfterDisconnectSeconds\":3600,\"timeLimitSeconds\":60,"
            + "\"resources\":{\"processes\":64,\"milliCpus\":1500,\"memoryBytes\":268435456},"
            + "\"environment\":{\"B_2\":\"\",\"A\":\"1\"},"
            + "\"command\":[\"sh\",\"-c\",\"echo $A\"],\"runtime\":\"process\"}";

    assertThat(parse(other).bytes()).isEqualTo(parse(FULL).bytes());
  }

  @Test
  void onlyTheDisconnectPolicyMayBeLeftOut() {
    JobSpec spec = parse(FULL.replace(",\"stopAfterDisconnectSeconds\":3600", ""));

    assertThat(spec.stopAfterDisconnect()).isEqualTo(Optional.empty());
    assertThat(new String(spec.bytes(), StandardCharsets.UTF_8)).doesNotContain("Disconnect");
    for (String member : StrictJson.object(FULL, "spec").names()) {
      if (!member.equals("stopAfterDisconnectSeconds")) {
        assertThatThrownBy(() -> parse(FULL.replace('"' + member + '"', "\"other\"")))
            .isInstanceOf(JsonException.class)
            .hasMessage("spec." + member + ": missing");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "process"            | "vm"              | spec.runtime: expected process or container, found vm
          "process"            | 1                 | spec.runtime: expected a string
          ["sh","-c","echo $A"]| []                | spec.command: expected a program
          ["sh","-c","echo $A"]| [""]              | spec.command: expected a program
          ["sh","-c","echo $A"]| "sh"              | spec.command: expected a list
          ["sh","-c","echo $A"]| ["sh",1]          | spec.command[1]: expected a string
          ["sh","-c","echo $A"]| ["a=b"]           | spec.command[0]: a program's name must not contain '='
          ["sh","-c","echo $A"]| ["sh","a\\u0000"] | spec.command[1]: must not contain a NUL character
          ["sh","-c","echo $A"]| ["sh","\\ud800"]  | spec.command[1]: contains half of a surrogate pair
          {"A":"1","B_2":""}   | {"1A":""}         | spec.environment: a variable's name is
          {"A":"1","B_2":""}   | {"A B":""}        | spec.environment: a variable's name is
          {"A":"1","B_2":""}   | {"":""}           | spec.environment: a variable's name is
          {"A":"1","B_2":""}   | {"A\\u0000":""}   | spec.environment: a variable's name is
          {"A":"1","B_2":""}   | {"A":"\\u0000"}   | spec.environment.A: must not contain a NUL character
          {"A":"1","B_2":""}   | {"A":1}           | spec.environment.A: expected a string
          {"A":"1","B_2":""}   | []                | spec.environment: expected an object
          268435456            | 4194303           | spec.resources.memoryBytes: expected an integer from 4194304
          268435456            | 2e8               | spec.resources.memoryBytes: expected an integer
          268435456            | 9223372036854775808 | spec.resources.memoryBytes: expected an integer
          1500                 | 9                 | spec.resources.milliCpus: expected an integer from 10
          64                   | 0                 | spec.resources.processes: expected an integer from 1
          64                   | 64,"gpus":1       | spec.resources.gpus: unknown member
          60                   | 0                 | spec.timeLimitSeconds: expected an integer from 1
          60                   | 31622401          | spec.timeLimitSeconds: expected an integer from 1
          10                   | -1                | spec.graceSeconds: expected an integer from 0
          10                   | 3601              | spec.graceSeconds: expected an integer from 0
          3600                 | -5                | spec.stopAfterDisconnectSeconds: expected an integer from 0
          3600                 | null              | spec.stopAfterDisconnectSeconds: expected an integer
          3600                 | 1,"stdin":"x"     | spec.stdin: unknown member
          """)
  void eachWrongMemberIsNamed(String right, String wrong, String message) {
    String spec = FULL.replaceFirst(":" + Pattern.quote(right), ":REPLACED");
    assertThat(spec).contains("REPLACED");

    assertThatThrownBy(() -> parse(spec.replace("REPLACED", wrong)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void sizesAreBoundedOneByOneAndAltogether() {
    String part = "x".repeat(16 << 10);
    String arguments = "[\"sh\"" + (",\"" + part + "\"").repeat(4) + "]";
    assertThatThrownBy(() -> parse(FULL.replace("[\"sh\",\"-c\",\"echo $A\"]", arguments)))
        .hasMessage("spec.command: longer than 65536 characters altogether");
    assertThatThrownBy(() -> parse(FULL.replace("echo $A", part + "x")))
        .hasMessage("spec.command[2]: longer than 16384 characters");
    assertThatThrownBy(
            () ->
                parse(
                    FULL.replace(
                        "\"B_2\":\"\"",
                        "\"B\":\"%1$s\",\"C\":\"%1$s\",\"D\":\"%1$s\",\"E\":\"%1$s\""
                            .formatted(part))))
        .hasMessage("spec.environment: longer than 65536 characters altogether");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      many.append(",\"V").append(i).append("\":\"\"");
    }
    assertThatThrownBy(() -> parse(FULL.replace(",\"B_2\":\"\"", many)))
        .hasMessage("spec.environment: more than 256 variables");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "job-1", "A.b_c-9", "_", "-"})
  void aJobIdIsSafeAsAFileName(String id) {
    assertThat(new JobId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "a b", "a\n", "ä", "a\0"})
  void everyOtherJobIdIsRefused(String id) {
    assertThatThrownBy(() -> new JobId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobId("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
