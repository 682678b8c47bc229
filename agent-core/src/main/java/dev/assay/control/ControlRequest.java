package dev.assay.control;

import dev.assay.json.JsonObject;
import java.util.Map;

/**
 * What was asked.
 *
 * @param method {@code GET} or {@code POST}
 * @param path the path, decoded, beginning with a slash
 * @param query the query's parameters, decoded; the last one of a name counts
 * @param body the body, or an empty object if there was none
 */
public record ControlRequest(
    String method, String path, Map<String, String> query, JsonObject body) {
  /** Copies the query. */
  public ControlRequest {
    query = Map.copyOf(query);
  }
}
