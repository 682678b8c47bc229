package dev.assay.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {
  private static final Redaction REDACTION =
      Redaction.of(
          List.of("rig7", "rig7.farm", "pool-master", "localhost"),
          List.of("alice", "root", "bo"),
          List.of("/srv/alices-node", "/home/alice"));

  static Stream<String> secrets() {
    return Stream.of(
        "192.168.17.4",
        "10.1.2.3:7443",
        "fe80::1a2b:3c4d:5e6f:7a8b",
        "2001:db8::1",
        "[2001:db8::8a2e:370:7334]:7443",
        "2001:0db8:0000:0000:0000:ff00:0042:8329",
        "52:54:00:ab:cd:ef",
        "alice",
        "Alice",
        "bo",
        "rig7",
        "RIG7",
        "rig7.farm",
        "pool-master",
        "/srv/alices-node",
        "/home/alice/work",
        "alice@mails.example.com",
        "coordinator.provider.com:7443",
        "https://user:pw@host-a/path?token=1",
        "GPU-12345678-9abc-def0-1234-56789abcdef0",
        "4c4c4544-0035-4d10-8054-b3c04f4a5331",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        SigningKey.generate(new SecureRandom()).id().value(),
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ\n-----END PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\ntorn",
        "eyJhbGciOiJFZERTQSJ9eyJub25jZSI6IjEyMzQ1Njc4OTAifQ0123456789abcdefgh");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isTakenOutWhereverItStands(String secret) {
    for (String around :
        List.of("%s", "from %s now", "\"%s\"", "a=%s,", "(%s)", "kernel: %s: went away")) {
      assertThat(REDACTION.of(around.formatted(secret)))
          .as(around)
          .doesNotContainIgnoringCase(secret);
    }
  }

  @Test
  void whatHelpsStays() {
    String text =
        "NVRM: Xid (PCI:0000:65:00): 79, GPU has fallen off the bus. driver 550.54.15,"
            + " 0000:65:00.0 root 12:34:56 [  12.345678] NVIDIA H100 80GB HBM3, boom";

    assertThat(REDACTION.of(text)).isEqualTo(text);
  }

  @Test
  void settingsKeepNumbersAndLoseTexts() {
    String clean =
        Redaction.settings(
            """
            # Who runs jobs.
            [jobs]
            user = "zoe"
            process = true
            max-time = "10m"
            # max-memory = "4GiB"
            images = [
              "registry.secret/zoe",
            ]
            """);

    assertThat(clean)
        .isEqualTo(
            """
            [jobs]
            user = <text>
            process = true
            max-time = "10m"
            # max-memory = "4GiB"
            images = <text>
            """);
  }

  @Test
  void everyFileOfTheArchiveIsClean() throws IOException {
    byte[] zip =
        Bundle.zip(
            Map.of(
                "doctor.json",
                "{\"sentence\": \"free below /srv/alices-node.\"}",
                "kernel.log",
                Bundle.tail("usb: alice's phone\nNVRM: rig7 10.0.0.8\n")),
            REDACTION);

    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(files)
        .containsEntry("doctor.json", "{\"sentence\": \"free below <directory>.\"}")
        .containsEntry("kernel.log", "NVRM: <host> <address>\n");
  }
}
