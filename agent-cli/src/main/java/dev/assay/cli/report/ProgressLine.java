package dev.assay.cli.report;

import java.io.PrintWriter;

/**
 * One line of progress that is overwritten where it stands, and taken away at the end. Where lines
 * cannot be overwritten nothing is shown.
 */
public final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final Style style;
  private final String what;
  private long shown = -1;

  /** Progress on {@code what}. */
  public ProgressLine(PrintWriter out, Style style, String what) {
    this.out = out;
    this.style = style;
    this.what = what;
  }

  /** {@code done} of {@code total} are done. */
  public void at(long done, long total) {
    long percent = total <= 0 ? 0 : Math.clamp(Math.round(100.0 * done / total), 0, 100);
    if (!style.live() || percent == shown) {
      return;
    }
    shown = percent;
    int full = (int) (percent * WIDTH / 100);
    String bar =
        style.lines()
            ? "█".repeat(full) + "░".repeat(WIDTH - full)
            : "#".repeat(full) + ".".repeat(WIDTH - full);
    out.printf("\r%s  %s %3d %%\u001b[K", what, bar, percent);
    out.flush();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (shown >= 0) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
