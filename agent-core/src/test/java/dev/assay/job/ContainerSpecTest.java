package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerSpecTest {
  private static final String FULL =
      "{\"runtime\":\"container\",\"container\":{\"image\":\"docker.io/library/busybox:1.37\","
          + "\"network\":\"outbound\",\"tmpBytes\":1048576,\"writableRootBytes\":8388608,"
          + "\"restart\":{\"when\":\"always\",\"most\":3},\"gpus\":[\"GPU-1\",\"MIG-2\"]},\"command\":[\"sh\"],"
          + "\"environment\":{},"
          + "\"resources\":{\"memoryBytes\":67108864,\"milliCpus\":1000,\"processes\":64},"
          + "\"timeLimitSeconds\":60,\"graceSeconds\":10}";
  private static final Schema SCHEMA = schema();

  private static JobSpec parse(String json) {
    return JobSpec.parse(StrictJson.object(json, "spec"));
  }

  private static List<Error> errors(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  private static Schema schema() {
    try (InputStream in = JobSpec.class.getResourceAsStream("schema/job-v1.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(StrictJson.object(in.readAllBytes(), "schema").raw());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsReadIsWrittenInTheSameBytes() {
    JobSpec spec = parse(FULL);

    assertThat(new String(spec.bytes(), StandardCharsets.UTF_8)).isEqualTo(FULL);
    assertThat(spec.container())
        .contains(
            new ContainerSpec(
                "docker.io/library/busybox:1.37",
                Optional.empty(),
                NetworkMode.OUTBOUND,
                OptionalLong.of(1048576),
                OptionalLong.of(8388608),
                new Restart(Restart.When.ALWAYS, 3),
                List.of("GPU-1", "MIG-2")));
    assertThat(errors(FULL)).isEmpty();
  }

  @Test
  void anImageAloneIsIsolatedAsFarAsCanBe() {
    String least = FULL.replaceFirst(",\"network.*?]}", "}").replace("[\"sh\"]", "[]");
    JobSpec spec = parse(least);

    assertThat(spec.container()).contains(ContainerSpec.of("docker.io/library/busybox:1.37"));
    assertThat(spec.container().orElseThrow().tmpBytes(spec.resources())).isEqualTo(32 << 20);
    assertThat(new String(spec.bytes(), StandardCharsets.UTF_8)).isEqualTo(least);
    assertThat(errors(least)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "container"  | "process"      | spec.container: only a job whose runtime is container has one
          "outbound"   | "host"         | spec.container.network: expected none or outbound, found host
          "outbound"   | 1              | spec.container.network: expected a string
          1048576      | 4095           | spec.container.tmpBytes: expected an integer from 4096
          8388608      | 1048575        | spec.container.writableRootBytes: expected an integer from 1048576
          8388608      | 1e9            | spec.container.writableRootBytes: expected an integer
          "always"     | "sometimes"    | spec.container.restart.when: expected on-failure or always, found sometimes
          3}           | 0}             | spec.container.restart.most: expected an integer from 1 to 1000
          3}           | 1001}          | spec.container.restart.most: expected an integer from 1 to 1000
          3}           | 3,"every":1}   | spec.container.restart.every: unknown member
          3}           | 3},"privileged":true | spec.container.privileged: unknown member
          3}           | 3},"volumes":["/:/host"] | spec.container.volumes: unknown member
          ["GPU-1","MIG-2"] | ["GPU-1","GPU-1"] | spec.container.gpus[1]: is asked for twice
          ["GPU-1","MIG-2"] | ["0"]       | spec.container.gpus[0]: expected a UUID
          ["GPU-1","MIG-2"] | ["nvidia.com/gpu=all"] | spec.container.gpus[0]: expected a UUID
          "docker.io/library/busybox:1.37" | ""        | spec.container.image: the image's name has
          "docker.io/library/busybox:1.37" | "a b"     | spec.container.image: the image's name has
          "docker.io/library/busybox:1.37" | "../x"    | spec.container.image: the
          "docker.io/library/busybox:1.37" | "x@sha256:12" | spec.container.image: the image's digest is
          "docker.io/library/busybox:1.37" | 7         | spec.container.image: expected a string
          """)
  void eachWrongMemberIsNamedAndTheSchemaRefusesItToo(String right, String wrong, String message) {
    String spec = FULL.replaceFirst(":" + Pattern.quote(right), ":REPLACED");
    assertThat(spec).contains("REPLACED");
    String bad = spec.replace("REPLACED", wrong);

    assertThatThrownBy(() -> parse(bad))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(message);
    if (!wrong.equals("1e9")) {
      assertThat(errors(bad)).as("what the schema says of %s", wrong).isNotEmpty();
    }
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> parse(FULL.replace(":1048576", ":67108865")))
        .hasMessage(
            "spec.container.tmpBytes: /tmp is memory of the job, so it cannot hold more than"
                + " resources.memoryBytes");
    assertThatThrownBy(() -> parse(FULL.replaceFirst("\"container\":\\{.*?]},", "")))
        .hasMessage("spec.container: missing");
    assertThat(errors(FULL.replaceFirst("\"container\":\\{.*?]},", ""))).isNotEmpty();
  }

  @Test
  void anArchiveIsOfOneUrlOneDigestAndANameThatIsLocal() {
    String archive =
        "\"archive\":{\"url\":\"https://images.example/a.tar\",\"sha256\":\"%s\"}"
            .formatted("0".repeat(64));
    String local = FULL.replace("docker.io/library/busybox:1.37", "localhost/app:1");
    String whole = local.replace(",\"network\"", "," + archive + ",\"network\"");

    assertThat(new String(parse(whole).bytes(), StandardCharsets.UTF_8)).isEqualTo(whole);
    assertThat(errors(whole)).isEmpty();
    assertThatThrownBy(() -> parse(whole.replace("localhost/app:1", "docker.io/app:1")))
        .hasMessage("spec.container.image: an image from an archive is called localhost/NAME:TAG");
    for (String url :
        List.of(
            "ftp://x/a",
            "https:///a",
            "a.tar",
            "https://u@x/a",
            "https://x/a#b",
            "https://x/../a")) {
      assertThatThrownBy(() -> parse(whole.replace("https://images.example/a.tar", url)))
          .hasMessageStartingWith("spec.container.archive.url: expected an https or http URL");
    }
    assertThatThrownBy(() -> parse(whole.replace("\"0000", "\"xyzw")))
        .hasMessage("spec.container.archive.sha256: expected 64 hexadecimal digits");
  }

  @Test
  void theWorkedExamplesAreSpecifications() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "jobs.md"));
    List<String> examples =
        Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL)
            .matcher(document)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (String example : examples) {
      parse(example);
      assertThat(errors(example)).as(example).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest",
    "busybox:1, docker.io/library/busybox:1",
    "team/app:v1.2, docker.io/team/app:v1.2",
    "localhost/app, localhost/app:latest",
    "registry.example:5000/a/b:x, registry.example:5000/a/b:x",
    "quay.io/a__b/c-d.e:1, quay.io/a__b/c-d.e:1",
  })
  void aReferenceIsReadAsEnginesReadIt(String text, String full) {
    assertThat(ImageReference.parse(text)).hasToString(full);
    assertThat(ImageReference.parse(full)).hasToString(full);
    String digest = "@sha256:" + "0af".repeat(21) + "0";
    assertThat(ImageReference.parse(text + digest).digest()).contains(digest.substring(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/",
        "/a",
        "a//b",
        "A",
        "a:",
        "a:-",
        "a@",
        "a@b",
        "a:b:c",
        "a b",
        "-a",
        "a\n",
        "host:x/a",
        "a@sha256:0@sha256:0",
        "sha256:0/../a",
        "a.b/"
      })
  void everyOtherReferenceIsRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "docker.io/library/*, true",
    "docker.io/library/busybox:1*, true",
    "*/busybox:1.37, true",
    "docker.io/library/busybox, false",
    "library/*, false",
    "docker.io/library/busybox:1.37.*, false",
    "quay.io/*, false",
    "docker.io/*:latest, false",
  })
  void aPatternIsComparedWithTheWholeReference(String pattern, boolean matches) {
    ImageReference image = ImageReference.parse("busybox:1.37");

    assertThat(new ImagePattern(pattern).matches(image)).isEqualTo(matches);
  }

  @Test
  void aDigestAllowsTheImageThatIsAskedForByIt() {
    String digest = "sha256:" + "0".repeat(64);
    ImagePattern pattern = new ImagePattern(digest);

    assertThat(pattern.matches(ImageReference.parse("busybox@" + digest))).isTrue();
    assertThat(pattern.matches(ImageReference.parse("busybox:1"))).isFalse();
    assertThat(
            new ImagePattern("docker.io/library/busybox@*")
                .matches(ImageReference.parse("busybox@" + digest)))
        .isTrue();
  }
}
