package dev.assay.doctor;

import java.util.Locale;

/** How much a line of a diagnosis matters. */
public enum Severity {
  /** It is as it should be. */
  OK,
  /** It is neither good nor bad. */
  INFORMATION,
  /** It works, but worse or less safely than it could. */
  WARNING,
  /** Something does not work until it is mended. */
  FAILURE;

  /** As JSON has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
