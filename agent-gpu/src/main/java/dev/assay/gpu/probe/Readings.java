package dev.assay.gpu.probe;

import dev.assay.gpu.nvml.Measured;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.FactSheet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Readings of what the management library measured. */
final class Readings {
  private Readings() {}

  static Reading amount(Measured<Long> measured) {
    return switch (measured) {
      case Measured.Value<Long>(Long value) ->
          FactSheet.amount(OptionalLong.of(value), Source.NVML);
      case Measured.Not<Long>(String reason) -> FactSheet.notMeasured(reason, Source.NVML);
    };
  }

  static Reading text(Measured<String> measured) {
    return switch (measured) {
      case Measured.Value<String>(String value) -> FactSheet.text(Optional.of(value), Source.NVML);
      case Measured.Not<String>(String reason) -> FactSheet.notMeasured(reason, Source.NVML);
    };
  }

  static Reading flag(Measured<Boolean> measured) {
    return switch (measured) {
      case Measured.Value<Boolean>(Boolean value) -> new Reading.Flag(value, Source.NVML);
      case Measured.Not<Boolean>(String reason) -> FactSheet.notMeasured(reason, Source.NVML);
    };
  }

  static Reading texts(Measured<List<String>> measured) {
    return switch (measured) {
      case Measured.Value<List<String>>(List<String> values) ->
          FactSheet.texts(values, Source.NVML);
      case Measured.Not<List<String>>(String reason) -> FactSheet.notMeasured(reason, Source.NVML);
    };
  }

  static Reading cuda(String text) {
    return FactSheet.text(Optional.of(text), Source.CUDA);
  }

  static Reading cuda(long amount) {
    return FactSheet.amount(OptionalLong.of(amount), Source.CUDA);
  }
}
