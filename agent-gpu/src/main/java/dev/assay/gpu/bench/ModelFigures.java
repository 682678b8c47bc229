package dev.assay.gpu.bench;

import dev.assay.benchmark.Expected;
import dev.assay.benchmark.Finding;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Classification;
import dev.assay.gpu.catalog.Figure;
import dev.assay.gpu.catalog.Model;
import dev.assay.gpu.catalog.Observation;
import dev.assay.gpu.cuda.DeviceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the catalogue and the link say that a device should reach. */
final class ModelFigures {
  private static final Map<String, Figure> PUBLISHED =
      Map.of(
          "device-copy", Figure.BANDWIDTH,
          "device-read", Figure.BANDWIDTH,
          "device-write", Figure.BANDWIDTH,
          "fp32", Figure.FP32_FLOPS,
          "fp64", Figure.FP64_FLOPS,
          "fp16-tensor", Figure.FP16_TENSOR_FLOPS,
          "bf16-tensor", Figure.FP16_TENSOR_FLOPS,
          "int8-tensor", Figure.INT8_TENSOR_OPS);

  /** One measurement for each published figure, so that none counts twice. */
  private static final Map<String, Figure> OBSERVED =
      Map.of(
          "device-read", Figure.BANDWIDTH,
          "fp32", Figure.FP32_FLOPS,
          "fp64", Figure.FP64_FLOPS,
          "fp16-tensor", Figure.FP16_TENSOR_FLOPS,
          "int8-tensor", Figure.INT8_TENSOR_OPS);

  private final Catalog catalog;
  private final DeviceFacts facts;
  private final Optional<Model> model;
  private final Optional<PciLink> link;

  ModelFigures(Catalog catalog, DeviceFacts facts, Optional<PciLink> link) {
    this.catalog = catalog;
    this.facts = facts;
    this.model = catalog.named(facts.name(), facts.totalBytes());
    this.link = link;
  }

  /** The same figures, each beside what it should be where that is known. */
  List<dev.assay.benchmark.Figure> expected(List<dev.assay.benchmark.Figure> figures) {
    return figures.stream()
        .map(figure -> expected(figure.subject().name()).map(figure::against).orElse(figure))
        .toList();
  }

  private Optional<Expected> expected(String name) {
    if (name.startsWith(LinkWork.PREFIX)) {
      return link.map(found -> new Expected(found.bytesPerSecond(), found.toString()));
    }
    Figure published = PUBLISHED.get(name);
    if (published == null || model.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong value = model.get().figure(published);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new Expected(value.getAsLong(), "peak of the " + model.get().label()));
  }

  /** What the measured figures say of the name that the device goes by. */
  Optional<Finding> findings(List<dev.assay.benchmark.Figure> figures) {
    List<Observation> observations = new ArrayList<>();
    for (dev.assay.benchmark.Figure figure : figures) {
      Figure observed = OBSERVED.get(figure.subject().name());
      if (observed != null && figure.median().isPresent()) {
        long value = Math.max(1, Math.round(figure.median().getAsDouble()));
        observations.add(new Observation(observed, value, false));
      }
    }
    dev.assay.gpu.catalog.Finding found =
        Classification.of(catalog, facts.name(), observations).finding();
    return Optional.ofNullable(name(found)).map(name -> new Finding(name, found.sentence()));
  }

  private static String name(dev.assay.gpu.catalog.Finding finding) {
    return switch (finding) {
      case dev.assay.gpu.catalog.Finding.Consistent fine -> null;
      case dev.assay.gpu.catalog.Finding.NothingMeasured nothing -> null;
      case dev.assay.gpu.catalog.Finding.SaysXBehavesLikeY other -> "behaves-like-another-model";
      case dev.assay.gpu.catalog.Finding.BehavesLikeNone none -> "behaves-like-no-known-model";
      case dev.assay.gpu.catalog.Finding.UnknownModel unknown -> "unknown-model";
    };
  }
}
