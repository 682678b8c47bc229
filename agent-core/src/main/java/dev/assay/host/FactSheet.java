package dev.assay.host;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/** Collects the facts of one component, and the conflicts among its sources. */
public final class FactSheet {
  private static final String NO_ANSWER = "the host does not say";

  private final String id;
  private final Component.Kind kind;
  private final List<Conflict> conflicts;
  private final Map<String, Reading> facts = new LinkedHashMap<>();

  /**
   * @param conflicts takes the conflicts as they are found
   */
  public FactSheet(String id, Component.Kind kind, List<Conflict> conflicts) {
    this.id = id;
    this.kind = kind;
    this.conflicts = conflicts;
  }

  /** Adds a fact: the first reading that is a measurement, and a conflict if another differs. */
  public FactSheet put(String name, Reading... readings) {
    return put(name, (a, b) -> !a.agreesWith(b), readings);
  }

  /** Adds a fact whose value moves while it is read: a sixteenth of difference is none. */
  public FactSheet putMoving(String name, Reading... readings) {
    return put(name, FactSheet::farApart, readings);
  }

  private FactSheet put(String name, BiPredicate<Reading, Reading> differ, Reading... readings) {
    List<Reading> measured =
        Arrays.stream(readings).filter(r -> !(r instanceof Reading.NotMeasured)).toList();
    facts.put(name, measured.isEmpty() ? readings[0] : measured.getFirst());
    if (measured.stream().anyMatch(r -> differ.test(measured.getFirst(), r))) {
      conflicts.add(new Conflict(id, name, measured));
    }
    return this;
  }

  private static boolean farApart(Reading a, Reading b) {
    return a instanceof Reading.Amount x
        && b instanceof Reading.Amount y
        && Math.abs(x.value() - y.value()) > Math.max(x.value(), y.value()) / 16;
  }

  /** The component with all facts put so far. */
  public Component component() {
    return new Component(id, kind, facts);
  }

  /** The text, cleaned of what cannot be shown; not measured if there is none. */
  public static Reading text(Optional<String> value, Source source) {
    return value
        .map(FactSheet::printable)
        .filter(text -> !text.isEmpty())
        .<Reading>map(text -> new Reading.Text(text, source))
        .orElseGet(() -> new Reading.NotMeasured(NO_ANSWER, source));
  }

  /** The amount; not measured if there is none. */
  public static Reading amount(OptionalLong value, Source source) {
    return value.isPresent() && value.getAsLong() >= 0
        ? new Reading.Amount(value.getAsLong(), source)
        : new Reading.NotMeasured(NO_ANSWER, source);
  }

  /** The amount; not measured if there is none. */
  public static Reading amount(OptionalInt value, Source source) {
    return amount(
        value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty(), source);
  }

  /** The texts, cleaned of what cannot be shown. */
  public static Reading texts(List<String> values, Source source) {
    List<String> printable =
        values.stream()
            .map(FactSheet::printable)
            .filter(text -> !text.isEmpty())
            .limit(Reading.MAX_TEXTS)
            .toList();
    return new Reading.Texts(new ArrayList<>(printable), source);
  }

  /** The file's text, or why it could not be read. */
  public static Reading text(Raw raw, Source source) {
    return raw instanceof Raw.Failed(String reason)
        ? notMeasured(reason, source)
        : text(raw.found(), source);
  }

  /** The reason why there is no value, cleaned of what cannot be shown. */
  public static Reading notMeasured(String reason, Source source) {
    String shown = printable(reason);
    return new Reading.NotMeasured(shown.isEmpty() ? NO_ANSWER : shown, source);
  }

  /** Firmware writes blanks, control characters and more than fits. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.strip().toCharArray()) {
      if (out.length() < Reading.MAX_TEXT && c >= ' ' && c != 0x7f && !Character.isSurrogate(c)) {
        out.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return out.toString().strip();
  }
}
