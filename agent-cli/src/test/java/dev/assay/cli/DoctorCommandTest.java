package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path directory;

  private static JsonNode check(JsonNode json, String name) {
    for (JsonNode check : json.path("checks")) {
      if (check.path("check").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError(name + " is not in " + json);
  }

  @Test
  void anOpenKeyFailsWithTheCommandThatClosesIt() throws Exception {
    Path home = directory.resolve("node");
    Invocation.of(home, "id");
    JsonNode good = new ObjectMapper().readTree(Invocation.of(home, "doctor", "--json").out());
    assertThat(check(good, "key").path("severity").asText()).isEqualTo("ok");

    Files.setPosixFilePermissions(
        home.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    Invocation text = Invocation.of(home, "doctor");
    Invocation json = Invocation.of(home, "doctor", "--json");

    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out())
        .contains("FAILURE  key", "chmod 600 '" + home.resolve("key.pem") + "'", "failure");
    JsonNode bad = new ObjectMapper().readTree(json.out());
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(bad.path("holds").asBoolean()).isFalse();
    assertThat(check(bad, "key").path("mend").asText()).startsWith("chmod 600");
  }

  @Test
  void damageAtHomeIsTold() throws Exception {
    Files.writeString(directory.resolve("coordinator.json"), "{");
    Files.createDirectories(directory.resolve("log"));
    Files.writeString(directory.resolve("log/checkpoint"), "torn");

    Invocation doctor = Invocation.of(directory, "doctor");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out())
        .contains("coordinator.json is damaged", "assay join TOKEN", "checkpoint does not hold");
  }

  @Test
  void theBundleNamesNobody() throws Exception {
    Path home = Files.createDirectories(directory.resolve("node-of-somebody"));
    Invocation.of(home, "id");
    Files.writeString(home.resolve("assay.toml"), "[jobs]\nuser = \"daemon\"\nmax-cpus = 3\n");
    Path bundle = directory.resolve("help.zip");

    Invocation doctor = Invocation.of(home, "doctor", "--bundle", bundle.toString());

    assertThat(doctor.err()).contains("The bundle is " + bundle);
    assertThat(Files.getPosixFilePermissions(bundle))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Map<String, String> files = contents(bundle);
    assertThat(files.keySet())
        .containsExactly("agent.log", "assay.toml", "doctor.json", "facts.json", "kernel.log");
    assertThat(files.get("assay.toml")).contains("max-cpus = 3").doesNotContain("daemon");
    assertThat(files.get("facts.json")).contains("cpu:0").doesNotContain("ueid", "bootseed");
    assertThat(files.values())
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(
                        home.toString(),
                        "node-of-somebody",
                        "PRIVATE KEY",
                        InetAddress.getLocalHost().getHostAddress())
                    .doesNotContainPattern(
                        "(?i)\\b" + InetAddress.getLocalHost().getHostName() + "\\b"));
  }

  @Test
  void aBundleThatCannotBeWrittenIsNamed() {
    Invocation doctor = Invocation.of(directory, "doctor", "--bundle", "/nowhere/help.zip");

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.err()).startsWith("assay: --bundle /nowhere/help.zip cannot be written");
  }

  private static Map<String, String> contents(Path zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
