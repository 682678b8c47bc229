package dev.assay.hardware;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A part of the platform and its facts, in the order of their names.
 *
 * @param id unique within the platform, such as {@code cpu:0} or {@code disk:1}
 */
public record Component(String id, Kind kind, Map<String, Reading> facts) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");
  private static final int MAX_FACTS = 64;

  /** What a component is. */
  public enum Kind {
    /** All processors of the host, as one device. */
    CPU,
    /** A GPU that a driver offers for computing, as one device. */
    GPU,
    MEMORY,
    DISK,
    /** A network link, without its addresses. */
    NETWORK,
    /** A display or computing adapter seen on the PCI bus, whether or not anything can use it. */
    PCI,
    /** A driver of devices, with the libraries through which this process reaches it. */
    DRIVER,
    /** Mainboard, firmware and virtualisation. */
    MACHINE,
    /** Operating system and kernel. */
    OS,
    /** Control groups: what this process may bound. */
    CGROUP,
    /** A container engine. */
    ENGINE;

    /** The kind as tokens write it, in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that a token names.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static Kind ofLabel(String label) {
      for (Kind kind : values()) {
        if (kind.label().equals(label)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("\"" + label + "\" is not a kind of component.");
    }
  }

  public Component {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("A component's id does not match " + ID.pattern() + ".");
    }
    if (facts.size() > MAX_FACTS) {
      throw new IllegalArgumentException(
          id + " has " + facts.size() + " facts, more than " + MAX_FACTS + ".");
    }
    for (String name : facts.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "A fact's name in " + id + " does not match " + NAME.pattern() + ".");
      }
    }
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** The fact's text, if it was measured and is one. */
  public Optional<String> text(String name) {
    return facts.get(name) instanceof Reading.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** The fact's amount, if it was measured and is one. */
  public OptionalLong amount(String name) {
    return facts.get(name) instanceof Reading.Amount amount
        ? OptionalLong.of(amount.value())
        : OptionalLong.empty();
  }

  /** Whether the fact was measured and is true. */
  public boolean holds(String name) {
    return facts.get(name) instanceof Reading.Flag flag && flag.value();
  }
}
