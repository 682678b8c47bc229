package dev.assay.job;

import java.util.regex.Pattern;

/**
 * Which images an owner lets run: {@code sha256:…} is the image of that digest, asked for by it;
 * anything else is compared with the whole reference, in full, such as {@code
 * docker.io/library/busybox:1}, and {@code *} in it stands for any text.
 */
public record ImagePattern(String text) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9*._:/@-]{1,512}");

  /** Refuses what can match no image. */
  public ImagePattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException(
          "a pattern of images has 1 to 512 letters, digits or * . _ - : / @");
    }
  }

  /** Whether {@code text} is one. */
  public static boolean isPattern(String text) {
    return FORM.matcher(text).matches();
  }

  boolean matches(ImageReference image) {
    if (ImageReference.DIGEST.matcher(text).matches()) {
      return image.digest().filter(text::equals).isPresent();
    }
    return Glob.matches(text, image.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
