package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Moment;
import dev.assay.cli.report.Style;
import java.util.ArrayList;
import java.util.List;

/** What a coordinator answers about a node, in words. */
final class NodeWords {
  private NodeWords() {}

  static String presence(JsonNode node, Style style) {
    if (node.path("forked").asBoolean()) {
      return style.bad("forked");
    }
    if (!node.path("present").asBoolean()) {
      return style.faint("away");
    }
    JsonNode availability = node.path("availability");
    String until =
        availability.has("until")
            ? " until " + Moment.text(availability.path("until").asLong())
            : "";
    return switch (availability.path("state").asText("open")) {
      case "open" -> style.good("here");
      case "paused" -> "paused" + until;
      default -> availability.path("state").asText();
    };
  }

  /** When it last gave a sign of life. */
  static String lastSeen(JsonNode node) {
    if (node.path("present").asBoolean()) {
      return "now";
    }
    return node.has("lastSeen") ? Moment.text(node.path("lastSeen").asLong()) : "never";
  }

  static String devices(JsonNode node) {
    List<String> devices = new ArrayList<>();
    node.path("devices").forEach(device -> devices.add(device.asText()));
    return String.join(" ", devices);
  }
}
