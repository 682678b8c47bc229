package dev.assay.cli.config;

import java.util.Map;

/** The values that a file sets, each of its setting's type; the others have their usual ones. */
record Values(Map<Setting<?>, Object> set) {
  Values {
    set = Map.copyOf(set);
  }

  boolean has(Setting<?> setting) {
    return set.containsKey(setting);
  }

  // Only the setting's own kind makes the value that is kept under it.
  @SuppressWarnings("unchecked")
  <T> T of(Setting<T> setting) {
    return (T) set.getOrDefault(setting, setting.usual());
  }
}
