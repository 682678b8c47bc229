package dev.assay.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which image a container is made of, as people write it: {@code [REGISTRY/]NAME[:TAG][@DIGEST]}.
 * What is left out is filled in as every engine does: the registry {@code docker.io}, there with
 * {@code library/} before a name of one part, and the tag {@code latest} where there is no digest
 * either.
 *
 * @param registry host and port
 * @param repository the name in that registry
 * @param digest {@code sha256:} and 64 digits, if it says which bytes it means
 */
public record ImageReference(
    String registry, String repository, Optional<String> tag, Optional<String> digest) {
  static final int MAX_LENGTH = 512;
  static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final String HUB = "docker.io";
  private static final Pattern REGISTRY =
      Pattern.compile("(localhost|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*)(:[0-9]{1,5})?");
  private static final String PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME = Pattern.compile(PART + "(/" + PART + ")*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern WHOLE = Pattern.compile("([^@]*?)(?::([^:/@]*))?(?:@(.*))?");

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException saying in half a sentence what is wrong with it
   */
  public static ImageReference parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (text.length() > MAX_LENGTH || !whole.matches()) {
      throw new IllegalArgumentException(
          "expected an image of the form [REGISTRY/]NAME[:TAG][@DIGEST]");
    }
    Optional<String> tag = Optional.ofNullable(whole.group(2));
    Optional<String> digest = Optional.ofNullable(whole.group(3));
    String name = whole.group(1);
    String registry = HUB;
    int slash = name.indexOf('/');
    String first = name.substring(0, Math.max(slash, 0));
    if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
      registry = first;
      name = name.substring(slash + 1);
    } else if (slash < 0) {
      name = "library/" + name;
    }
    require(REGISTRY, registry, "the registry is HOST or HOST:PORT");
    require(NAME, name, "the image's name has small letters and digits, with . _ - / between");
    tag.ifPresent(t -> require(TAG, t, "the image's tag has 1 to 128 letters, digits or . _ -"));
    digest.ifPresent(d -> require(DIGEST, d, "the image's digest is sha256: and 64 hex digits"));
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = Optional.of("latest");
    }
    return new ImageReference(registry, name, tag, digest);
  }

  /** Registry and repository alone. */
  public String name() {
    return registry + "/" + repository;
  }

  /** The reference in full. */
  @Override
  public String toString() {
    return name() + tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }

  private static void require(Pattern form, String part, String otherwise) {
    if (!form.matcher(part).matches()) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
