package dev.assay.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonException;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Messages of one direction as JSON text. What {@link #decode} accepts is within {@link Limits} and
 * encodes again to an equal message.
 */
public final class MessageCodec<M extends Message> {
  /** What nodes send. */
  public static final MessageCodec<FromNode> FROM_NODE = new MessageCodec<>(NodeForms.ALL);

  /** What coordinators send. */
  public static final MessageCodec<FromCoordinator> FROM_COORDINATOR =
      new MessageCodec<>(CoordinatorForms.ALL);

  private static final int MAX_TYPE = 64;

  private final Map<String, Form<? extends M>> byType;
  private final Map<Class<?>, Form<? extends M>> byKind;

  private MessageCodec(List<Form<? extends M>> forms) {
    byType = forms.stream().collect(Collectors.toUnmodifiableMap(Form::type, Function.identity()));
    byKind = forms.stream().collect(Collectors.toUnmodifiableMap(Form::kind, Function.identity()));
  }

  /** The message's JSON text, {@code type} first. */
  public String encode(M message) {
    Form<? extends M> form = byKind.get(message.getClass());
    ObjectNode out = StrictJson.newObject().put("type", form.type());
    form.write(message, out);
    return StrictJson.text(out);
  }

  /**
   * The message in this text.
   *
   * @throws JsonException if it is not strict JSON, or a member is missing, unknown or out of range
   * @throws IllegalArgumentException also if its type is unknown
   */
  public M decode(String text) {
    JsonObject in = StrictJson.object(text, "message");
    String type = in.string("type", MAX_TYPE);
    if (type.isEmpty()) {
      throw in.error("type", "empty");
    }
    Form<? extends M> form = byType.get(type);
    if (form == null) {
      throw new UnknownTypeException(type);
    }
    return form.read(in);
  }

  /** The types of this direction. */
  Set<String> types() {
    return byType.keySet();
  }

  /** The type that the message has in JSON. */
  String type(M message) {
    return byKind.get(message.getClass()).type();
  }
}
