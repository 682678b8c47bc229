package dev.assay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.crypto.Digest;
import dev.assay.json.JsonException;
import dev.assay.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codec and the published schema accept and refuse the same messages. */
class MessageCodecTest {
  private static final long SEED = 20_261_122;
  private static final int MUTATIONS_PER_MESSAGE = 60;

  @Test
  void everyTypeHasASampleThatIsValidAndComesBackEqual() {
    roundTrip(MessageCodec.FROM_NODE, Samples.FROM_NODE, WireSchema.FROM_NODE);
    roundTrip(MessageCodec.FROM_COORDINATOR, Samples.FROM_COORDINATOR, WireSchema.FROM_COORDINATOR);
  }

  private static <M extends Message> void roundTrip(
      MessageCodec<M> codec, List<M> samples, WireSchema schema) {
    assertThat(samples.stream().map(codec::type).collect(Collectors.toSet()))
        .isEqualTo(codec.types());
    for (M sample : samples) {
      String text = codec.encode(sample);
      assertThat(schema.errors(text)).as(text).isEmpty();
      assertThat(codec.decode(text)).isEqualTo(sample);
      assertThat(text.length()).isLessThanOrEqualTo(Limits.MESSAGE_BYTES);
    }
  }

  @Test
  void whatTheSchemaRefusesTheCodecRefusesAndTheOtherWayRound() {
    Random random = new Random(SEED);
    agree(MessageCodec.FROM_NODE, Samples.FROM_NODE, WireSchema.FROM_NODE, random);
    agree(
        MessageCodec.FROM_COORDINATOR,
        Samples.FROM_COORDINATOR,
        WireSchema.FROM_COORDINATOR,
        random);
  }

  private static <M extends Message> void agree(
      MessageCodec<M> codec, List<M> samples, WireSchema schema, Random random) {
    for (M sample : samples) {
      for (int i = 0; i < MUTATIONS_PER_MESSAGE; i++) {
        ObjectNode json = StrictJson.object(codec.encode(sample), "sample").raw();
        mutate(json, random);
        String text = StrictJson.text(json);
        boolean valid = schema.errors(text).isEmpty();
        Optional<String> refusal = refusal(codec, text);
        if (valid) {
          assertThat(refusal.filter(MessageCodecTest::isWithinOneMember)).as(text).isEmpty();
        } else {
          assertThat(refusal).as(text).isPresent();
        }
      }
    }
  }

  private static <M extends Message> Optional<String> refusal(MessageCodec<M> codec, String text) {
    try {
      codec.decode(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Three rules compare members with each other, which a schema cannot say. */
  private static boolean isWithinOneMember(String refusal) {
    return !refusal.startsWith("hello.jobs: one stands there twice")
        && !refusal.startsWith("blob-data.")
        && !refusal.startsWith("welcome.leaseSeconds");
  }

  private static void mutate(ObjectNode json, Random random) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    JsonNode value = json.get(name);
    if (value instanceof ArrayNode array
        && array.size() > 0
        && array.get(0) instanceof ObjectNode inner
        && random.nextBoolean()) {
      mutate(inner, random);
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> json.remove(name);
      case 1 -> json.put("extra", 1);
      case 2 -> json.set(name, NullNode.getInstance());
      case 3 -> json.set(name, BooleanNode.TRUE);
      case 4 -> json.set(name, strangeNumber(random));
      case 5 -> json.set(name, TextNode.valueOf(strangeText(value, random)));
      case 6 -> json.putObject(name);
      default -> json.putArray(name).add(strangeText(value, random));
    }
  }

  private static LongNode strangeNumber(Random random) {
    long[] edges = {-1, 0, 1, 2, 3600, 3601, 65_536, 65_537, 86_401, Limits.MAX_INTEGER};
    long edge = edges[random.nextInt(edges.length)];
    return LongNode.valueOf(edge + random.nextInt(2));
  }

  private static String strangeText(JsonNode value, Random random) {
    String text = value.isTextual() ? value.textValue() : "x";
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> text + "=";
      case 2 -> text.isEmpty() ? "é" : text.substring(1);
      case 3 -> text.repeat(20);
      case 4 -> "x".repeat(1 << random.nextInt(18));
      default -> text + "\n";
    };
  }

  @Test
  void refusalsNameThePlace() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(
            () -> MessageCodec.FROM_COORDINATOR.decode("{\"type\":\"job-ack\",\"id\":\"x\"}"))
        .withMessage("message.revision: missing");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(
            () ->
                MessageCodec.FROM_COORDINATOR.decode(
                    "{\"type\":\"job-ack\",\"id\":\"../x\",\"revision\":1}"))
        .withMessageStartingWith("job-ack.id: a job id is");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(
            () ->
                MessageCodec.FROM_COORDINATOR.decode(
                    "{\"type\":\"job-ack\",\"id\":\"x\",\"revision\":1.0}"))
        .withMessageStartingWith("message.revision: expected an integer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.FROM_NODE.decode("{\"type\":\"job-ack\"}"))
        .withMessage("this side knows no message of type \"job-ack\"");
  }

  @Test
  void aMessageOutOfBoundsCannotBeMade() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> new FromCoordinator.Goodbye("x".repeat(1025), 0))
        .withMessage("goodbye.reason: expected 0 to 1024 characters, found 1025");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> new FromCoordinator.Welcome(1, "s", 10, 10, "c", "v", 0))
        .withMessageStartingWith("welcome.leaseSeconds: expected an integer from 11 to 86400");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(
            () -> new FromNode.BlobData(Digest.of(new byte[0]), 1, 2, Bytes.of(new byte[2])))
        .withMessage("blob-data.data: reaches beyond the blob's size");
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(new byte[31]));
  }

  @Test
  void noTextDoesWorseThanBeRefused() {
    Random random = new Random(SEED);
    for (FromNode sample : Samples.FROM_NODE) {
      String text = MessageCodec.FROM_NODE.encode(sample);
      for (int i = 0; i < 200 && text.length() < 2000; i++) {
        StringBuilder broken = new StringBuilder(text);
        broken.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(0x80) + 1));
        broken.setLength(text.length() - random.nextInt(3));
        refusal(MessageCodec.FROM_NODE, broken.toString())
            .ifPresent(reason -> assertThat(reason).isNotEmpty());
      }
    }
  }

  @Test
  void aJobOrDeviceStandsInAHelloOnce() {
    FromNode.Hello hello = Loopback.hello(Loopback.NODE, 1);
    RunningJob job = new RunningJob("job-1", 2, "running");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(
            () -> with(hello, List.of("cpu:0"), List.of(job, new RunningJob("job-1", 1, "x"))))
        .withMessage("hello.jobs: one stands there twice");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> with(hello, List.of("cpu:0", "cpu:0"), List.of(job)))
        .withMessage("hello.devices: one stands there twice");
  }

  private static FromNode.Hello with(
      FromNode.Hello hello, List<String> devices, List<RunningJob> jobs) {
    return new FromNode.Hello(
        hello.version(),
        hello.node(),
        hello.bootEpoch(),
        hello.agentVersion(),
        hello.platform(),
        devices,
        jobs,
        hello.checkpoint(),
        hello.availability());
  }

  @Test
  void theSecretIsNotInTheText() {
    assertThat(new FromNode.Enrol(Secret.of(new byte[32])))
        .hasToString("Enrol[secret=Secret[hidden]]");
  }
}
