package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong on a command line is named, in one sentence and without Java's words for it. */
class WrongInputTest {
  @TempDir static Path directory;

  static Stream<Arguments> wrong() {
    String place = directory.toString();
    return Stream.of(
        Arguments.of(List.of("proof", "check", place), place + " is a directory: name a file."),
        Arguments.of(
            List.of("audit", place, "--key", place), place + " is a directory: name a file."),
        Arguments.of(List.of("audit", "ftp://x/"), "only directories, http:// and https:// are."),
        Arguments.of(List.of("audit", "http://"), "http:// is not a web address"),
        Arguments.of(List.of("audit", "/etc/passwd"), "is a file, not a log's directory."),
        Arguments.of(List.of("invite", "--valid", "-3d"), "\"-3d\" is not a time such as \"5m\"."),
        Arguments.of(List.of("challenge", "n", "--labels", "x"), "'x' is not a whole number."),
        Arguments.of(List.of("id", "--jwk", "--json"), "--jwk, --json are mutually exclusive"),
        Arguments.of(List.of("job", "submit", "n", "--memory", "3", "--", "true"), "--memory"),
        Arguments.of(List.of("prove", "--memory", "0"), "--memory is 0"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isNamedInASentence(List<String> args, String sentence) {
    Invocation refused = Invocation.of(directory, args.toArray(String[]::new));

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err().lines().findFirst().orElse(""))
        .startsWith("assay: ")
        .contains(sentence)
        .doesNotContain("java.", "Error:");
  }

  @Test
  void aHomeThatIsAFileIsNamed() {
    Invocation refused = Invocation.of(Path.of("/etc/passwd"), "id");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .isEqualTo("assay: /etc/passwd is a file, not a directory: name another --home.\n");
  }

  @Test
  void aLogThatNobodyServesIsToBeTriedAgain() {
    Invocation away = Invocation.of(directory, "audit", "http://127.0.0.1:1/");

    assertThat(away.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(away.err()).contains("no server answers there").hasLineCount(1);
  }
}
