package dev.assay.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.KeyFile;
import dev.assay.crypto.SigningKey;
import dev.assay.log.NoteKey;
import dev.assay.log.TlogProof;
import dev.assay.log.source.HttpSource;
import dev.assay.log.source.LogReader;
import dev.assay.log.store.DiskLog;
import dev.assay.log.store.LogStore;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {
  private static final int ENTRIES = 300;

  @TempDir Path home;
  private NoteKey log;

  @BeforeEach
  void aLogOfAHome() throws Exception {
    Invocation.of(home, "id");
    SigningKey key = KeyFile.load(home.resolve("key.pem"), Optional.empty());
    String origin = "assay.dev/node/" + key.id();
    log = NoteKey.ofLog(origin, key.publicKey());
    try (LogStore store = DiskLog.open(home.resolve("log"), origin, key)) {
      store.appendAll(
          IntStream.range(0, ENTRIES).mapToObj(i -> ("entry " + i).getBytes(US_ASCII)).toList());
    }
  }

  @Test
  void theProofOfAnEntryConvincesAnyoneWithTheEntryAndTheKey() throws Exception {
    Path file = home.resolve("17.tlog-proof");
    Path entry = home.resolve("17");

    Invocation printed = Invocation.of(home, "log", "prove", "17");
    Invocation written =
        Invocation.of(
            home, "log", "prove", "17", "-o", file.toString(), "--entry", entry.toString());

    assertThat(printed.exitCode()).isZero();
    assertThat(written).isEqualTo(new Invocation(0, "", ""));
    assertThat(printed.out()).isEqualTo(Files.readString(file));
    assertThat(Files.readString(entry)).isEqualTo("entry 17");
    assertThat(
            TlogProof.parse(Files.readAllBytes(file)).verify(Files.readAllBytes(entry), log).size())
        .isEqualTo(ENTRIES);
  }

  @Test
  void anEntryThatIsNotThereIsNamedWithTheSize() {
    Invocation beyond = Invocation.of(home, "log", "prove", "300");

    assertThat(beyond.exitCode()).isEqualTo(2);
    assertThat(beyond.err())
        .isEqualTo("assay: The log has 300 entries, the first being 0: there is no 300.\n");
  }

  @Test
  void aLogThatWasTamperedWithIsRefused() throws Exception {
    Path bundle = home.resolve("log/tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[2] ^= 1;
    Files.write(bundle, bytes);

    Invocation refused = Invocation.of(home, "log", "prove", "0");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("assay: ").hasLineCount(1);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void theLogIsServedUntilInterrupted() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicInteger exitCode = new AtomicInteger();
    Thread serving =
        Thread.ofPlatform()
            .start(
                () ->
                    exitCode.set(
                        Main.run(
                            Invocation.cli(out, err, Map.of()),
                            "--home",
                            home.toString(),
                            "log",
                            "serve",
                            "--listen",
                            "127.0.0.1:0")));
    Pattern announced = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/");
    Matcher matcher = announced.matcher("");
    while (!matcher.reset(out.toString(UTF_8)).find() && serving.isAlive()) {
      Thread.sleep(10);
    }

    try (HttpSource source = new HttpSource(URI.create(matcher.group()))) {
      assertThat(new LogReader(source).entry(17, ENTRIES)).asString(US_ASCII).isEqualTo("entry 17");
    }
    serving.interrupt();
    serving.join();

    assertThat(exitCode).hasValue(130);
    assertThat(err.toString(UTF_8)).isEqualTo("assay: Interrupted.\n");
  }

  @Test
  void anAddressThatIsNoneIsAUsageError() {
    Invocation wrong = Invocation.of(home, "log", "serve", "--listen", "localhost");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--listen", "localhost");
  }

  @Test
  void aHomeWithoutALogOrAKeySaysSo(@TempDir Path other) {
    assertThat(Invocation.of(other, "log", "prove", "0").exitCode()).isEqualTo(2);
    Invocation.of(other, "id");
    Invocation none = Invocation.of(other, "log", "prove", "0");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("There is no log yet");
  }
}
