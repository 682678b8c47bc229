package dev.assay.host;

/**
 * What the virtual machine itself knows.
 *
 * @param architecture such as {@code amd64}
 * @param processors how many threads it may use, by affinity and control group
 */
record JvmView(String architecture, int processors) {
  static JvmView ofThisProcess() {
    return new JvmView(
        System.getProperty("os.arch", ""), Runtime.getRuntime().availableProcessors());
  }
}
