package dev.assay.job;

import java.net.URI;
import java.util.regex.Pattern;

/** Which URLs an owner's host may fetch from: a whole URL, in which {@code *} is any text. */
public record UrlPattern(String text) {
  private static final Pattern FORM = Pattern.compile("https?://[^\\s/*]+/\\S{0,512}");

  /** Refuses what does not name its host in full. */
  public UrlPattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException("a pattern of URLs names scheme and host in full");
    }
  }

  /** Whether {@code text} is one. */
  public static boolean isPattern(String text) {
    return FORM.matcher(text).matches();
  }

  boolean matches(URI url) {
    return Glob.matches(text, url.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
