package dev.assay.job;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts in which {@code *} stands for any text, and all else for itself. */
final class Glob {
  private Glob() {}

  static boolean matches(String pattern, String text) {
    String expression =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.matches(expression, text);
  }
}
