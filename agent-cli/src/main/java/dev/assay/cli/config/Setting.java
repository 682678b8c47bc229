package dev.assay.cli.config;

/**
 * One key of the file.
 *
 * @param key with its section: {@code jobs.max-memory}
 * @param usual the value where the file has none
 * @param about what it is for, in one sentence
 */
record Setting<T>(String key, Kind<T> kind, T usual, String about) {
  String section() {
    return key.substring(0, key.indexOf('.'));
  }

  String name() {
    return key.substring(key.indexOf('.') + 1);
  }
}
