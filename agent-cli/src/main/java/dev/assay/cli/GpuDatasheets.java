package dev.assay.cli;

import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Figure;
import dev.assay.hardware.Datasheets;
import java.util.OptionalLong;

/** The catalogue of GPU models, for deadlines. */
record GpuDatasheets(Catalog catalog) implements Datasheets {
  @Override
  public Sheet of(String model) {
    return new Sheet(lowest(model, Figure.BANDWIDTH), lowest(model, Figure.INT8_TENSOR_OPS));
  }

  /** Models of one name may differ: a deadline is one that each of them can meet. */
  private OptionalLong lowest(String model, Figure figure) {
    return catalog.named(model).stream()
        .flatMapToLong(found -> found.figure(figure).stream())
        .min();
  }
}
