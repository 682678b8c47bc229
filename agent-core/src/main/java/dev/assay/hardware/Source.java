package dev.assay.hardware;

import java.util.Locale;

/** Where a fact was read. */
public enum Source {
  /** Files below {@code /proc}. */
  PROCFS,
  /** Files below {@code /sys}. */
  SYSFS,
  /** The firmware's tables, as the kernel shows them below {@code /sys/class/dmi}. */
  DMI,
  /** The limits of the control group that this process runs in. */
  CGROUP,
  /** A configuration file such as {@code /etc/os-release}, or the presence of a file or socket. */
  FILE,
  /** The output of a program of the host. */
  COMMAND,
  /** The Java virtual machine's own view. */
  JVM,
  /** The OSHI library. */
  OSHI,
  /** NVIDIA's management library. */
  NVML,
  /** NVIDIA's driver interface. */
  CUDA;

  /** The source as tokens write it, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The source that a token names.
   *
   * @throws IllegalArgumentException if there is no such source
   */
  public static Source ofLabel(String label) {
    for (Source source : values()) {
      if (source.label().equals(label)) {
        return source;
      }
    }
    throw new IllegalArgumentException("\"" + label + "\" is not a source of facts.");
  }
}
