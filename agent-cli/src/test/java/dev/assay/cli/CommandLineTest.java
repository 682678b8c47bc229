package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path home;

  @Test
  void helpListsCommandsAndExitCodes() {
    Invocation help = Invocation.plain(Map.of(), "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("facts", "completion", "ASSAY_HOME", "Exit codes:", "130");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void everyCommandExplainsItselfAndGivesExamples() {
    CommandLine root = Main.commandLine(Invocation.silent());
    Deque<CommandLine> left = new ArrayDeque<>(root.getSubcommands().values());
    while (!left.isEmpty()) {
      CommandLine command = left.pop();
      String help = command.getUsageMessage();
      assertThat(help).contains("--home", "--help");
      assertThat(command.getCommandSpec().usageMessage().description())
          .as(command.getCommandSpec().qualifiedName())
          .isNotEmpty();
      if (command.getSubcommands().isEmpty()) {
        assertThat(help).as("examples").contains("Example");
      }
      left.addAll(command.getSubcommands().values());
    }
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheNearest() {
    Invocation wrong = Invocation.plain(Map.of(), "fcts");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("assay: ").contains("fcts", "assay facts");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void noCommandAtAllIsAUsageError() {
    Invocation nothing = Invocation.plain(Map.of());

    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err())
        .isEqualTo("assay: No command was given.\n\"assay --help\" explains.\n");
  }

  @Test
  void theIdentityIsMadeOnceAndClosedToOthers() throws Exception {
    Path made = home.resolve("node");

    Invocation first = Invocation.of(made, "id");
    Invocation second = Invocation.of(made, "id");
    Invocation jwk = Invocation.of(made, "id", "--jwk");

    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("A new key was made");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(first.out())
        .containsPattern("id +[A-Za-z0-9_-]{43}\n")
        .contains("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":")
        .contains("BEGIN CERTIFICATE");
    assertThat(jwk.out()).matches("\\{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"[^\"]+\"}\n");
    assertThat(Files.getPosixFilePermissions(made.resolve("key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(made.resolve("cert.pem"))).isEqualTo(certificate(made));
  }

  private static String certificate(Path home) {
    return Invocation.of(home, "id", "--certificate").out();
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws Exception {
    Invocation.of(home, "id");
    Files.setPosixFilePermissions(
        home.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

    Invocation refused = Invocation.of(home, "id");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("assay: ").contains("chmod 600").hasLineCount(1);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aPassphraseComesFromAFile() throws Exception {
    Path right = Files.writeString(home.resolve("right"), "correct horse\n");
    Path wrong = Files.writeString(home.resolve("wrong"), "battery staple\n");
    Path node = home.resolve("node");

    assertThat(Invocation.of(node, "--passphrase-file", right.toString(), "id").exitCode())
        .isZero();
    assertThat(Files.readString(node.resolve("key.pem"))).contains("ENCRYPTED");
    assertThat(Invocation.of(node, "id", "--passphrase-file", right.toString()).exitCode())
        .isZero();

    Invocation refused = Invocation.of(node, "id", "--passphrase-file", wrong.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("passphrase").hasLineCount(1);
  }

  @Test
  void aFailureShowsItsTraceOnlyWhenAsked() throws Exception {
    Files.writeString(home.resolve("key.pem"), "rubbish");
    Files.setPosixFilePermissions(
        home.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));

    assertThat(Invocation.of(home, "id").err()).doesNotContain("\tat ").hasLineCount(1);
    assertThat(Invocation.of(home, "id", "--debug").err()).contains("\tat dev.assay.");
  }

  @Test
  void badSettingsAreNamedAndFailTheCheck() throws Exception {
    Path file = Files.writeString(home.resolve("assay.toml"), "[jobs]\nproces = 1\nmax-cpus = 0\n");

    Invocation check = Invocation.of(home, "config", "check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err())
        .contains(file + ":2:1: there is no setting jobs.proces; did you mean jobs.process?")
        .contains(file + ":3:1: jobs.max-cpus is 0, expected a number of processors")
        .hasLineCount(2);
  }

  @Test
  void theExplainedSettingsAreAFileThatPasses() throws Exception {
    Path file = home.resolve("assay.toml");
    assertThat(Invocation.of(home, "config", "check").out()).contains("does not exist");

    Files.writeString(file, Invocation.of(home, "config", "show").out());

    assertThat(Invocation.of(home, "config", "check", file.toString()))
        .isEqualTo(new Invocation(0, file + " is good.\n", ""));
    assertThat(Invocation.of(home, "config", "check", "nowhere.toml").exitCode()).isEqualTo(2);
    assertThat(Invocation.of(home, "config").exitCode()).isEqualTo(2);
  }

  @Test
  void factsAreATableOrJson() {
    Invocation table = Invocation.plain(Map.of(), "facts");
    Invocation json = Invocation.plain(Map.of(), "facts", "--json");

    assertThat(table.exitCode()).isZero();
    assertThat(table.out()).contains("cpu:0", "memory", "GiB", "procfs");
    assertThat(json.out()).startsWith("{").contains("\"submods\"", "\"conflicts\"");
  }

  @Test
  void completionIsAScriptThatBashAccepts() throws Exception {
    Invocation script = Invocation.plain(Map.of(), "completion", "bash");
    Path file = Files.writeString(home.resolve("completion"), script.out());

    assertThat(script.out()).contains("complete -F _complete_assay");
    assertThat(new ProcessBuilder("bash", "-n", file.toString()).start().waitFor()).isZero();
  }

  @Test
  void theVersionNamesTheProgramAndItsJava() {
    assertThat(Invocation.plain(Map.of(), "--version").out()).matches("assay \\S+, Java .+\n");
  }
}
