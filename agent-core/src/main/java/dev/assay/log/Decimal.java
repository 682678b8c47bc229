package dev.assay.log;

/** Sizes and indexes as text: decimal digits without sign or leading zeros, at most 2⁶³ − 1. */
final class Decimal {
  private static final int MAX_DIGITS = 19;

  private Decimal() {}

  static long parse(String text, String what) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (text.length() > 1 && text.startsWith("0"))) {
      throw new LogFormatException("the " + what + " is not a plain decimal number");
    }
    if (text.length() > MAX_DIGITS) {
      throw new LogFormatException("the " + what + " is too large");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new LogFormatException("the " + what + " is too large");
    }
  }
}
