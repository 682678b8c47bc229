package dev.assay.gpu.catalog;

import java.util.Locale;

/**
 * What comparing a claimed name with what was measured found. None of them says why it is so: a
 * device that is shared, throttled or broken can look like a smaller one.
 */
public sealed interface Finding {
  /** The observations are as they should be for the claimed model. */
  record Consistent(Fit claimed) implements Finding {}

  /** The claimed model does not explain the observations, and another one does. */
  record SaysXBehavesLikeY(String claimed, Fit likely) implements Finding {}

  /** The claimed model does not explain the observations, and no other known one does. */
  record BehavesLikeNone(String claimed) implements Finding {}

  /** The claimed name is in no catalogue, so nothing contradicts it. */
  record UnknownModel(String claimed) implements Finding {}

  /** There is nothing to compare. */
  record NothingMeasured(String claimed) implements Finding {}

  /** The finding in one sentence. */
  default String sentence() {
    return switch (this) {
      case Consistent(Fit fit) ->
          "Behaves like the " + fit.model().label() + " that it says it is.";
      case SaysXBehavesLikeY(String claimed, Fit fit) ->
          "Says "
              + claimed
              + ", behaves like "
              + fit.model().label()
              + String.format(Locale.ROOT, " (confidence %.0f %%).", 100 * fit.confidence());
      case BehavesLikeNone(String claimed) ->
          "Says " + claimed + ", behaves like no model of the catalogue.";
      case UnknownModel(String claimed) ->
          "The model " + claimed + " is not in the catalogue, so it is not compared.";
      case NothingMeasured(String claimed) ->
          "Nothing was measured that the catalogue knows of " + claimed + ".";
    };
  }
}
