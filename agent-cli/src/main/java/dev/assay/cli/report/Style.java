package dev.assay.cli.report;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the place can show that results are printed to.
 *
 * @param lines whether box-drawing characters can be shown
 * @param colour whether escape sequences for colour are wanted
 * @param live whether a line can be overwritten, as a progress bar does
 */
public record Style(boolean lines, boolean colour, boolean live) {
  /** For a file, a pipe or a test: plain text. */
  public static final Style PLAIN = new Style(false, false, false);

  /** The style for a process with this environment whose output is, or is not, a terminal. */
  public static Style of(Map<String, String> environment, boolean terminal, Charset charset) {
    boolean capable = terminal && !environment.getOrDefault("TERM", "").equals("dumb");
    boolean colour = capable && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Style(charset.newEncoder().canEncode('─') && capable, colour, capable);
  }

  /** The text in bold. */
  public String strong(String text) {
    return escaped("1", text);
  }

  /** The text as that of something that holds. */
  public String good(String text) {
    return escaped("32", text);
  }

  /** The text as that of something that does not hold. */
  public String bad(String text) {
    return escaped("31", text);
  }

  /** The text as that of something of less weight. */
  public String faint(String text) {
    return escaped("2", text);
  }

  private String escaped(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
