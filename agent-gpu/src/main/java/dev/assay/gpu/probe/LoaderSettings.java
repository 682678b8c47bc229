package dev.assay.gpu.probe;

import java.util.Map;

/**
 * The environment's variables that tell the dynamic linker what to load.
 *
 * @param preload {@code LD_PRELOAD}, empty if it is not set
 * @param libraryPath {@code LD_LIBRARY_PATH}, likewise
 */
record LoaderSettings(String preload, String libraryPath) {
  static LoaderSettings of(Map<String, String> environment) {
    return new LoaderSettings(
        environment.getOrDefault("LD_PRELOAD", ""),
        environment.getOrDefault("LD_LIBRARY_PATH", ""));
  }
}
