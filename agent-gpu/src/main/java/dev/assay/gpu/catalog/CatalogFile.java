package dev.assay.gpu.catalog;

import dev.assay.json.JsonException;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the catalogue's file, strictly: what is not understood is an error that names its place.
 */
final class CatalogFile {
  private static final int MAX_MODELS = 1_000;
  private static final int MAX_TEXT = 300;

  private CatalogFile() {}

  /**
   * The models in the file's order.
   *
   * @throws JsonException if anything in it is not as it should be
   */
  static List<Model> read(byte[] utf8) {
    JsonObject file = StrictJson.object(utf8, "The GPU catalogue");
    Map<String, Origin> origins = origins(file.object("sources"));
    List<Model> models = new ArrayList<>();
    for (JsonObject model : file.objects("models", MAX_MODELS)) {
      models.add(model(model, origins));
    }
    file.end();
    return List.copyOf(models);
  }

  private static Map<String, Origin> origins(JsonObject sources) {
    Map<String, Origin> origins = new HashMap<>();
    for (String name : sources.names()) {
      JsonObject source = sources.object(name);
      origins.put(name, new Origin(source.string("title", MAX_TEXT), url(source)));
      source.end();
    }
    sources.end();
    return origins;
  }

  private static String url(JsonObject source) {
    String url = source.string("url", MAX_TEXT);
    if (!url.startsWith("https://")) {
      throw source.error("url", "does not start with https://");
    }
    return url;
  }

  private static Model model(JsonObject model, Map<String, Origin> origins) {
    Map<Figure, Sourced> figures = new EnumMap<>(Figure.class);
    for (JsonObject group : model.objects("figures", Figure.values().length)) {
      readGroup(group, origins, figures);
    }
    Map<Figure, String> absent = new EnumMap<>(Figure.class);
    model.optionalObject("absent").ifPresent(reasons -> readAbsent(reasons, figures, absent));
    for (Figure figure : Figure.values()) {
      if (!figures.containsKey(figure) && !absent.containsKey(figure)) {
        throw model.error("figures", "lacks " + figure.label() + " and no reason says why");
      }
    }
    Model read =
        new Model(
            model.string("name", MAX_TEXT),
            market(model),
            model.string("chip", MAX_TEXT),
            model.string("computeCapability", MAX_TEXT),
            pciIds(model.object("pciIds"), origins),
            figures,
            absent);
    model.end();
    return read;
  }

  private static void readGroup(
      JsonObject group, Map<String, Origin> origins, Map<Figure, Sourced> figures) {
    Origin origin = origin(group, origins);
    for (String name : group.names()) {
      if (name.equals("source")) {
        continue;
      }
      Figure figure = figure(group, name);
      Sourced value = new Sourced(group.integer(name, figure.least(), figure.most()), origin);
      if (figures.put(figure, value) != null) {
        throw group.error(name, "is given twice");
      }
    }
    group.end();
  }

  private static void readAbsent(
      JsonObject reasons, Map<Figure, Sourced> figures, Map<Figure, String> absent) {
    for (String name : reasons.names()) {
      Figure figure = figure(reasons, name);
      if (figures.containsKey(figure)) {
        throw reasons.error(name, "is given and said to be absent");
      }
      absent.put(figure, reasons.string(name, MAX_TEXT));
    }
    reasons.end();
  }

  private static Figure figure(JsonObject where, String name) {
    return Figure.ofLabel(name)
        .orElseThrow(() -> where.error(name, "is none of " + Figure.labels()));
  }

  private static Origin origin(JsonObject group, Map<String, Origin> origins) {
    String source = group.string("source", MAX_TEXT);
    if (source.startsWith("https://")) {
      return new Origin(source, source);
    }
    Origin origin = origins.get(source);
    if (origin == null) {
      throw group.error("source", "is neither an address nor one of " + origins.keySet());
    }
    return origin;
  }

  private static Model.Market market(JsonObject model) {
    String text = model.string("class", MAX_TEXT);
    return Arrays.stream(Model.Market.values())
        .filter(market -> market.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> model.error("class", "is no class of model"));
  }

  private static List<PciId> pciIds(JsonObject pci, Map<String, Origin> origins) {
    origin(pci, origins);
    try {
      List<PciId> ids = pci.strings("values", 100, 20).stream().map(PciId::parse).toList();
      pci.end();
      return ids;
    } catch (JsonException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw pci.error("values", e.getMessage());
    }
  }
}
