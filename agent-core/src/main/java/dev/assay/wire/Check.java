package dev.assay.wire;

import dev.assay.job.JobId;
import dev.assay.json.JsonException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses values that a message may not carry; most methods return the value that they let pass.
 */
final class Check {
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9._:-]{1," + Limits.NAME_LENGTH + "}");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private Check() {}

  static long integer(String place, long value, long min, long max) {
    if (value < min || value > max) {
      throw new JsonException(
          place, "expected an integer from " + min + " to " + max + ", found " + value);
    }
    return value;
  }

  static long count(String place, long value) {
    return integer(place, value, 0, Limits.MAX_INTEGER);
  }

  static String text(String place, String value, int min, int max) {
    if (value.length() < min || value.length() > max) {
      throw new JsonException(
          place, "expected " + min + " to " + max + " characters, found " + value.length());
    }
    return value;
  }

  static String sentence(String place, String value) {
    return text(place, value, 0, Limits.SENTENCE_LENGTH);
  }

  static String token(String place, String value) {
    text(place, value, 1, Limits.TOKEN_LENGTH);
    return matching(place, value, TOKEN, "a token in compact form");
  }

  static String id(String place, String value) {
    return matching(place, value, ID, "an id of 1 to 64 of the characters A-Z a-z 0-9 . _ : -");
  }

  static String jobId(String place, String value) {
    try {
      return new JobId(value).value();
    } catch (IllegalArgumentException e) {
      throw new JsonException(place, e.getMessage());
    }
  }

  /** A word of the protocol, such as an error's code or a job's state. */
  static String word(String place, String value) {
    return matching(place, value, WORD, "a word of lower-case letters, digits and hyphens");
  }

  static Bytes chunk(String place, Bytes value) {
    if (value.size() > Limits.CHUNK_BYTES) {
      throw new JsonException(
          place, "expected at most " + Limits.CHUNK_BYTES + " bytes, found " + value.size());
    }
    return value;
  }

  static <T> List<T> list(String place, List<T> value, int max) {
    if (value.size() > max) {
      throw new JsonException(place, "more than " + max + " items");
    }
    return List.copyOf(value);
  }

  static void distinct(String place, List<String> ids) {
    if (Set.copyOf(ids).size() < ids.size()) {
      throw new JsonException(place, "one stands there twice");
    }
  }

  private static String matching(String place, String value, Pattern pattern, String expected) {
    if (!pattern.matcher(value).matches()) {
      throw new JsonException(place, "expected " + expected);
    }
    return value;
  }
}
