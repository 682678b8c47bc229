package dev.assay.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A platform's facts in JSON. A submodule is {@code {"assay":{"kind":"cpu","model":FACT,…}}}, and a
 * fact {@code {"value":V,"source":"sysfs"}}, V being a text, an integer, true, false or a list of
 * texts, or {@code {"notMeasured":"why","source":"sysfs"}}.
 */
final class FactsJson {
  private static final String KIND = "kind";
  private static final int MAX_ITEMS = 256;

  private FactsJson() {}

  static List<Component> components(JsonObject submods) {
    List<Component> components = new ArrayList<>();
    for (String id : submods.names()) {
      JsonObject submod = submods.object(id);
      JsonObject assay = submod.object("assay");
      Component.Kind kind = Component.Kind.ofLabel(assay.string(KIND, 64));
      Map<String, Reading> facts = new LinkedHashMap<>();
      for (String name : assay.names()) {
        if (!name.equals(KIND)) {
          facts.put(name, reading(assay.object(name)));
        }
      }
      submod.end();
      components.add(new Component(id, kind, facts));
    }
    return components;
  }

  static ObjectNode write(List<Component> components) {
    ObjectNode submods = StrictJson.newObject();
    for (Component component : components) {
      ObjectNode assay = submods.putObject(component.id()).putObject("assay");
      component.facts().forEach((name, reading) -> assay.set(name, write(reading)));
      if (assay.has(KIND)) {
        throw new IllegalArgumentException("a fact cannot be named " + KIND);
      }
      assay.put(KIND, component.kind().label());
    }
    return submods;
  }

  static List<Conflict> conflicts(JsonObject assay) {
    List<Conflict> conflicts = new ArrayList<>();
    for (JsonObject json : assay.objects("conflicts", MAX_ITEMS)) {
      conflicts.add(
          new Conflict(
              Claims.id(json, "component"),
              json.string("fact", 64),
              json.objects("readings", MAX_ITEMS).stream().map(FactsJson::reading).toList()));
      json.end();
    }
    return conflicts;
  }

  static ArrayNode writeConflicts(List<Conflict> conflicts) {
    ArrayNode list = StrictJson.newObject().arrayNode();
    for (Conflict conflict : conflicts) {
      ObjectNode json = list.addObject();
      json.put("component", conflict.component()).put("fact", conflict.fact());
      ArrayNode readings = json.putArray("readings");
      conflict.readings().forEach(reading -> readings.add(write(reading)));
    }
    return list;
  }

  static OptionalLong optionalCount(JsonObject claims, String name) {
    return claims.has(name) ? OptionalLong.of(Claims.count(claims, name)) : OptionalLong.empty();
  }

  private static Reading reading(JsonObject json) {
    Source source = Source.ofLabel(json.string("source", 64));
    Reading reading =
        json.has("notMeasured")
            ? new Reading.NotMeasured(json.string("notMeasured", Reading.MAX_TEXT), source)
            : measured(json, source);
    json.end();
    return reading;
  }

  private static Reading measured(JsonObject json, Source source) {
    JsonNode value = json.any("value");
    if (value.isTextual()) {
      return new Reading.Text(json.string("value", Reading.MAX_TEXT), source);
    }
    if (value.isBoolean()) {
      return new Reading.Flag(json.bool("value"), source);
    }
    if (value.isArray()) {
      return new Reading.Texts(json.strings("value", Reading.MAX_TEXTS, Reading.MAX_TEXT), source);
    }
    return new Reading.Amount(json.integer("value", 0, Long.MAX_VALUE), source);
  }

  private static ObjectNode write(Reading reading) {
    ObjectNode json = StrictJson.newObject();
    switch (reading) {
      case Reading.Text text -> json.put("value", text.value());
      case Reading.Amount amount -> json.put("value", amount.value());
      case Reading.Flag flag -> json.put("value", flag.value());
      case Reading.Texts texts -> texts.values().forEach(json.putArray("value")::add);
      case Reading.NotMeasured not -> json.put("notMeasured", not.reason());
    }
    return json.put("source", reading.source().label());
  }
}
