package dev.assay.bench;

import java.util.Locale;

/** What a row should reach: a bound on its ratio, or on its figure where there is no yardstick. */
sealed interface Target {
  /** The bound as text. */
  String text(Unit unit);

  /** Whether the row reaches it. */
  boolean met(double figure, double ratio);

  /** At least so many times the yardstick. */
  record RatioAtLeast(double bound) implements Target {
    @Override
    public String text(Unit unit) {
      return String.format(Locale.ROOT, "≥ %.1f ×", bound);
    }

    @Override
    public boolean met(double figure, double ratio) {
      return ratio >= bound;
    }
  }

  /** At most so many times the yardstick. */
  record RatioAtMost(double bound) implements Target {
    @Override
    public String text(Unit unit) {
      return String.format(Locale.ROOT, "≤ %.1f ×", bound);
    }

    @Override
    public boolean met(double figure, double ratio) {
      return ratio <= bound;
    }
  }

  /** A figure of at most so much. */
  record FigureAtMost(double bound) implements Target {
    @Override
    public String text(Unit unit) {
      return "≤ " + unit.text(bound);
    }

    @Override
    public boolean met(double figure, double ratio) {
      return figure <= bound;
    }
  }

  /** Shown for what it is. */
  record None() implements Target {
    @Override
    public String text(Unit unit) {
      return "";
    }

    @Override
    public boolean met(double figure, double ratio) {
      return true;
    }
  }
}
