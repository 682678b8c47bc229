package dev.assay.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The published schema of one direction's messages, as an independent validator reads it. */
record WireSchema(Schema schema) {
  static final WireSchema FROM_NODE = of("fromNode");
  static final WireSchema FROM_COORDINATOR = of("fromCoordinator");

  /** What is wrong with this text; empty if it is valid. */
  List<Error> errors(String json) {
    return schema.validate(json, InputFormat.JSON);
  }

  private static WireSchema of(String definition) {
    ObjectNode root = StrictJson.object(bytes(), "schema").raw();
    root.remove("anyOf");
    root.put("$ref", "#/$defs/" + definition);
    return new WireSchema(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root));
  }

  private static byte[] bytes() {
    try (InputStream in = WireSchema.class.getResourceAsStream("schema/assay-v1.schema.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
