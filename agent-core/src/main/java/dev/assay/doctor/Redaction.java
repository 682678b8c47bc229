package dev.assay.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what names a person, a host or a network, and whatever could be a key. In
 * doubt it takes out too much.
 */
public final class Redaction {
  /** Common words that are users or hosts on many systems and tell nothing. */
  private static final Set<String> COMMON =
      Set.of(
          "root", "assay", "localhost", "localdomain", "nobody", "host", "user", "node", "linux");

  private static final int SHORTEST_NAME = 2;

  /** What is replaced, whatever its value; the order matters. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("(?s)-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\\z)", "<key>"),
          new Rule("(?i)\\b(GPU|MIG)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<gpu-id>"),
          new Rule("(?i)\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<id>"),
          new Rule("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+", "<mail>"),
          new Rule("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>,;)]+", "<address>"),
          new Rule("(?i)\\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\\b", "<mac>"),
          new Rule("\\b[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?\\b", "<address>"),
          new Rule(
              "(?i)\\[?\\b(?=[0-9a-f:]*::)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}\\]?(:[0-9]+)?",
              "<address>"),
          new Rule("(?i)\\b([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\b", "<address>"),
          new Rule(
              "(?i)\\b([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+(com|net|org|io|dev|cloud|ai|co|eu|de|fr|uk|us|ch|at|nl|se|it|es|pl|cz|jp|cn|in|info|edu|gov|local|lan|internal|home|corp|intra|test|example)\\b(:[0-9]{1,5})?",
              "<name>"),
          new Rule(
              "(?i)(serial|asset[ _-]?tag|uuid)([\"']?\\s*[:=]\\s*[\"']?)[A-Za-z0-9._-]+",
              "$1$2<id>"),
          new Rule(
              "\\b(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{32,}={0,2}",
              "<id>"));

  private static final Pattern SETTING = Pattern.compile("((?:# )?[a-z][a-z-]* = )(.*)");
  private static final Pattern PLAIN_VALUE =
      Pattern.compile("true|false|[0-9.]+|\"[0-9]{1,9}(\\.[0-9]+)?[A-Za-z]{0,3}\"|…");
  private static final Pattern SECTION = Pattern.compile("\\[[a-z.-]*]");

  private final Collection<Name> names;

  private record Rule(Pattern pattern, String replacement) {
    private Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private record Name(Pattern pattern, String replacement) {}

  private Redaction(Collection<Name> names) {
    this.names = names;
  }

  /**
   * For a host with these names.
   *
   * @param hosts host and domain names
   * @param users names of users
   * @param places directories whose paths may name somebody
   */
  public static Redaction of(
      Collection<String> hosts, Collection<String> users, Collection<String> places) {
    List<Name> names = new ArrayList<>();
    add(names, places, "<directory>");
    add(names, hosts, "<host>");
    add(names, users, "<user>");
    return new Redaction(List.copyOf(names));
  }

  /** Longer names first: a short one may be part of a long one. */
  private static void add(List<Name> to, Collection<String> found, String replacement) {
    Set<String> names =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(String::toString));
    for (String name : found) {
      String plain = name.strip();
      if (plain.length() >= SHORTEST_NAME
          && !COMMON.contains(plain.toLowerCase(Locale.ROOT))
          && !plain.matches("/*")) {
        names.add(plain);
      }
    }
    for (String name : names) {
      to.add(
          new Name(
              Pattern.compile("(?i)(?<![A-Za-z0-9])" + Pattern.quote(name) + "(?![A-Za-z0-9])"),
              replacement));
    }
  }

  /** A settings file with its names, numbers, sizes and times; every other value is taken out. */
  public static String settings(String toml) {
    StringBuilder out = new StringBuilder();
    for (String line : toml.lines().toList()) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        boolean plain = PLAIN_VALUE.matcher(setting.group(2)).matches();
        out.append(setting.group(1) + (plain ? setting.group(2) : "<text>") + "\n");
      } else if (SECTION.matcher(line).matches()) {
        out.append(line + "\n");
      }
    }
    return out.toString();
  }

  /** The text without any of it. */
  public String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      clean = rule.pattern.matcher(clean).replaceAll(rule.replacement);
    }
    for (Name name : names) {
      clean = name.pattern.matcher(clean).replaceAll(Matcher.quoteReplacement(name.replacement));
    }
    return clean;
  }
}
