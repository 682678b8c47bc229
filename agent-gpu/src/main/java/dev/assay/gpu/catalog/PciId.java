package dev.assay.gpu.catalog;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's number for a device on the PCI bus.
 *
 * @param subsystem the board's, vendor in the upper 16 bits; only where models share a number
 */
public record PciId(int device, OptionalLong subsystem) {
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{4})(?:/([0-9a-f]{4}):([0-9a-f]{4}))?");

  /**
   * Reads {@code 2684} or {@code 25b6/10de:157e}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static PciId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a PCI id such as 2684.");
    }
    return new PciId(
        Integer.parseInt(matcher.group(1), 16),
        matcher.group(2) == null
            ? OptionalLong.empty()
            : OptionalLong.of(
                Long.parseLong(matcher.group(2), 16) << 16 | Long.parseLong(matcher.group(3), 16)));
  }

  /** An unknown board may be any that has the device's number. */
  boolean matches(int otherDevice, OptionalLong otherSubsystem) {
    return device == otherDevice
        && (subsystem.isEmpty() || otherSubsystem.isEmpty() || subsystem.equals(otherSubsystem));
  }
}
