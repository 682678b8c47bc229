package dev.assay.job;

import java.util.regex.Pattern;

/**
 * A job's name, unique on its node: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, not starting with a dot,
 * so that it is safe as the name of a directory and of a control group.
 */
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  /** Refuses every other form with an {@link IllegalArgumentException}. */
  public JobId {
    if (!isId(value)) {
      throw new IllegalArgumentException(
          "a job id is 1 to 64 letters, digits, '.', '_' or '-' and does not start with a dot");
    }
  }

  /** Whether {@code value} is a job id. */
  public static boolean isId(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
