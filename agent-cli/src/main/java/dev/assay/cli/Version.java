package dev.assay.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the archive was built as. */
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"assay " + text() + ", Java " + Runtime.version()};
  }
}
