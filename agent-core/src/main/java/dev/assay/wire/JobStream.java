package dev.assay.wire;

/** One of the two streams that a job writes. */
public enum JobStream {
  /** What the job writes to its standard output. */
  STDOUT("stdout"),
  /** What the job writes to its standard error. */
  STDERR("stderr");

  private final String text;

  JobStream(String text) {
    this.text = text;
  }

  /** The name in messages. */
  @Override
  public String toString() {
    return text;
  }
}
