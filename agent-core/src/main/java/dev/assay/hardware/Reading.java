package dev.assay.hardware;

import java.util.List;

/** What one source says of one fact: a value, or why there is none. */
public sealed interface Reading {
  /** The longest text that a reading holds. */
  int MAX_TEXT = 256;

  /** The most texts that a list holds. */
  int MAX_TEXTS = 512;

  /** Where it was read. */
  Source source();

  /** A name, a model, a version. */
  record Text(String value, Source source) implements Reading {
    public Text {
      checkText(value);
    }
  }

  /** A count or an amount, never negative; the fact's name ends with the unit. */
  record Amount(long value, Source source) implements Reading {
    public Amount {
      if (value < 0) {
        throw new IllegalArgumentException("The amount " + value + " is negative.");
      }
    }
  }

  /** A yes or no. */
  record Flag(boolean value, Source source) implements Reading {}

  /** Several texts, in the source's order. */
  record Texts(List<String> values, Source source) implements Reading {
    public Texts {
      values = List.copyOf(values);
      if (values.size() > MAX_TEXTS) {
        throw new IllegalArgumentException(
            "A list of " + values.size() + " texts is longer than " + MAX_TEXTS + ".");
      }
      values.forEach(Reading::checkText);
    }
  }

  /** It could not be measured; {@code reason} says why in one sentence. */
  record NotMeasured(String reason, Source source) implements Reading {
    public NotMeasured {
      checkText(reason);
    }
  }

  /** Whether both say the same, wherever they read it. */
  default boolean agreesWith(Reading other) {
    return switch (this) {
      case Text a -> other instanceof Text b && a.value.equals(b.value);
      case Amount a -> other instanceof Amount b && a.value == b.value;
      case Flag a -> other instanceof Flag b && a.value == b.value;
      case Texts a -> other instanceof Texts b && a.values.equals(b.values);
      case NotMeasured a -> other instanceof NotMeasured;
    };
  }

  private static void checkText(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "A text of " + text.length() + " characters is not within 1 to " + MAX_TEXT + ".");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
      throw new IllegalArgumentException("A text holds a control character.");
    }
  }
}
