package dev.assay.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * An object being read. Each member is asked for by name, kind and range; {@link #end()} then
 * refuses any member that was not asked for. A member that is {@code null} counts as absent
 * nowhere: it is refused like any other wrong kind.
 */
public final class JsonObject {
  private final ObjectNode node;
  private final String place;
  private final Set<String> read = new HashSet<>();

  JsonObject(ObjectNode node, String place) {
    this.node = node;
    this.place = place;
  }

  /** Where this object stands, for errors of the caller's own. */
  public String place() {
    return place;
  }

  /** An error of the caller's own about member {@code name}. */
  public JsonException error(String name, String problem) {
    return new JsonException(place + "." + name, problem);
  }

  /** Whether the member is there, without counting it as read. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** The names of all members, in the order in which they stand. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A string of at most {@code maxLength} UTF-16 units. */
  public String string(String name, int maxLength) {
    return string(require(name), name, maxLength);
  }

  /** As {@link #string}, or empty if the member is absent. */
  public Optional<String> optionalString(String name, int maxLength) {
    return node.has(name) ? Optional.of(string(name, maxLength)) : Optional.empty();
  }

  /** An integer from {@code min} to {@code max}, written without exponent or fraction. */
  public long integer(String name, long min, long max) {
    JsonNode value = require(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw error(
          name, "expected an integer from " + min + " to " + max + ", found " + brief(value));
    }
    return value.longValue();
  }

  /** As {@link #integer}, or {@code absent} if the member is not there. */
  public long integer(String name, long min, long max, long absent) {
    return node.has(name) ? integer(name, min, max) : absent;
  }

  /** True or false. */
  public boolean bool(String name) {
    JsonNode value = require(name);
    if (!value.isBoolean()) {
      throw error(name, "expected true or false, found " + brief(value));
    }
    return value.booleanValue();
  }

  /** An object, to be read in its turn. */
  public JsonObject object(String name) {
    return object(require(name), name);
  }

  /** As {@link #object}, or empty if the member is absent. */
  public Optional<JsonObject> optionalObject(String name) {
    return node.has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** A list of strings, at most {@code maxItems} of at most {@code maxLength}. */
  public List<String> strings(String name, int maxItems, int maxLength) {
    return items(name, maxItems, (value, at) -> string(value, at, maxLength));
  }

  /** A list of objects, at most {@code maxItems}. */
  public List<JsonObject> objects(String name, int maxItems) {
    return items(name, maxItems, this::object);
  }

  /** A member of any kind, as it is. */
  public JsonNode any(String name) {
    return require(name);
  }

  /** The object itself, as it is; counts every member as read. */
  public ObjectNode raw() {
    read.addAll(names());
    return node;
  }

  /** Refuses members that were not asked for. */
  public void end() {
    for (String name : names()) {
      if (!read.contains(name)) {
        throw error(name, "unknown member");
      }
    }
  }

  private JsonNode require(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw error(name, "missing");
    }
    read.add(name);
    return value;
  }

  private String string(JsonNode value, String name, int maxLength) {
    if (!value.isTextual()) {
      throw error(name, "expected a string, found " + brief(value));
    }
    if (value.textValue().length() > maxLength) {
      throw error(name, "longer than " + maxLength + " characters");
    }
    return value.textValue();
  }

  private JsonObject object(JsonNode value, String name) {
    if (!(value instanceof ObjectNode object)) {
      throw error(name, "expected an object, found " + brief(value));
    }
    return new JsonObject(object, place + "." + name);
  }

  private <T> List<T> items(String name, int maxItems, BiFunction<JsonNode, String, T> item) {
    JsonNode value = require(name);
    if (!value.isArray()) {
      throw error(name, "expected a list, found " + brief(value));
    }
    if (value.size() > maxItems) {
      throw error(name, "more than " + maxItems + " items");
    }
    List<T> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      items.add(item.apply(value.get(i), name + "[" + i + "]"));
    }
    return List.copyOf(items);
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }
}
