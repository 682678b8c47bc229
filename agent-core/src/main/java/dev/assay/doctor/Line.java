package dev.assay.doctor;

import java.util.Optional;

/**
 * One line of a diagnosis.
 *
 * @param check what was looked at, of lower-case words joined by hyphens
 * @param sentence what was found
 * @param mend the command that mends it, or the step where no command does
 */
public record Line(String check, Severity severity, String sentence, Optional<String> mend) {
  static Line ok(String check, String sentence) {
    return new Line(check, Severity.OK, sentence, Optional.empty());
  }

  static Line information(String check, String sentence) {
    return new Line(check, Severity.INFORMATION, sentence, Optional.empty());
  }

  static Line warning(String check, String sentence, String mend) {
    return new Line(check, Severity.WARNING, sentence, Optional.of(mend));
  }

  static Line failure(String check, String sentence, String mend) {
    return new Line(check, Severity.FAILURE, sentence, Optional.of(mend));
  }
}
