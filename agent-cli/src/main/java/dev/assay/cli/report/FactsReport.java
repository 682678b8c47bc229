package dev.assay.cli.report;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.token.PlatformToken;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The facts of a platform for a person, or as the claims that a token carries. */
public final class FactsReport {
  private static final int WIDEST = 60;

  private FactsReport() {}

  /** One row a fact; conflicts below. */
  public static String table(PlatformFacts facts, Style style) {
    Table table = new Table("component", "fact", "value", "source");
    boolean first = true;
    for (Component component : facts.components()) {
      if (!first) {
        table.line();
      }
      first = false;
      String id = component.id();
      for (var fact : component.facts().entrySet()) {
        Reading reading = fact.getValue();
        String value = value(fact.getKey(), reading);
        table.row(
            id,
            words(fact.getKey()),
            reading instanceof Reading.NotMeasured ? style.faint(value) : value,
            reading.source().label());
        id = "";
      }
    }
    return table.render(style) + conflicts(facts, style) + about(facts);
  }

  /** The claims of tokens.md §3, without those of a signature. */
  public static String json(PlatformFacts facts) {
    return PlatformToken.claims(facts).toPrettyString() + "\n";
  }

  /** The same without what is this host's alone: its UEID and its boot seed. */
  public static String anonymous(PlatformFacts facts) {
    return json(
        new PlatformFacts(
            facts.components(),
            facts.conflicts(),
            facts.uptimeSeconds(),
            Optional.empty(),
            Optional.empty()));
  }

  private static String conflicts(PlatformFacts facts, Style style) {
    if (facts.conflicts().isEmpty()) {
      return "No two sources disagree.\n";
    }
    StringBuilder out = new StringBuilder();
    for (Conflict conflict : facts.conflicts()) {
      String readings =
          conflict.readings().stream()
              .map(r -> r.source().label() + " says " + value(conflict.fact(), r))
              .collect(Collectors.joining(", "));
      out.append(style.bad("Sources disagree"))
          .append(" on " + words(conflict.fact()) + " of " + conflict.component())
          .append(": " + readings + ".\n");
    }
    return out.toString();
  }

  private static String about(PlatformFacts facts) {
    StringBuilder out = new StringBuilder();
    facts
        .uptimeSeconds()
        .ifPresent(s -> out.append("Up for " + Quantity.time(Duration.ofSeconds(s)) + ".\n"));
    facts.ueid().ifPresent(ueid -> out.append("UEID " + ueid + ".\n"));
    return out.toString();
  }

  private static String value(String fact, Reading reading) {
    return switch (reading) {
      case Reading.Text text -> shortened(text.value());
      case Reading.Flag flag -> flag.value() ? "yes" : "no";
      case Reading.Texts texts -> list(texts);
      case Reading.NotMeasured not -> "– " + not.reason();
      case Reading.Amount amount -> amount(fact, amount.value());
    };
  }

  private static String list(Reading.Texts texts) {
    String joined = String.join(" ", texts.values());
    if (joined.isEmpty()) {
      return "none";
    }
    return joined.length() <= WIDEST ? joined : texts.values().size() + " of them";
  }

  /** A fact's name ends with its unit. */
  private static String amount(String fact, long value) {
    if (fact.endsWith("Bytes")) {
      return Quantity.bytes(value);
    }
    if (fact.endsWith("Hertz")) {
      return Quantity.decimal(value, "Hz");
    }
    if (fact.endsWith("Milliwatts")) {
      return Math.round(value / 1000.0) + " W";
    }
    if (fact.endsWith("Celsius")) {
      return value + " °C";
    }
    return fact.equals("bitsPerSecond") ? Quantity.decimal(value, "bit/s") : Long.toString(value);
  }

  /** {@code level1DataCacheBytes} is "level 1 data cache": the value shows the unit. */
  private static String words(String name) {
    return name.replaceFirst("^bitsPerSecond$", "speed")
        .replaceFirst("Bytes$", "")
        .replaceFirst("Milliwatts$|Celsius$", "")
        .replaceFirst("Hertz$", "Clock")
        .replaceAll("([A-Z]|[0-9]+)", " $1")
        .toLowerCase(Locale.ROOT);
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
