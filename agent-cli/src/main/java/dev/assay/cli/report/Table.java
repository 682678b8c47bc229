package dev.assay.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of aligned cells. Cells may carry colour of a {@link Style}; it does not count for the
 * width. A column is set to the right if all of its cells begin with a digit.
 */
public final class Table {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column names. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row with as many cells as the header has; returns this table. */
  public Table row(Object... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "A row of " + cells.length + " cells under " + header.size() + " columns.");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(List.copyOf(row));
    return this;
  }

  /** Adds a line between the rows before and after. */
  public Table line() {
    rows.add(List.of());
    return this;
  }

  /** The table as lines of text, each ended. */
  public String render(Style style) {
    int[] widths = widths();
    boolean[] right = numeric();
    StringBuilder out = new StringBuilder();
    edge(out, style, widths, "┌", "┬", "┐");
    out.append(cells(style, header.stream().map(style::strong).toList(), widths, right));
    edge(out, style, widths, "├", "┼", "┤");
    for (List<String> row : rows) {
      if (row.isEmpty()) {
        edge(out, style, widths, "├", "┼", "┤");
      } else {
        out.append(cells(style, row, widths, right));
      }
    }
    edge(out, style, widths, "└", "┴", "┘");
    return out.toString();
  }

  private int[] widths() {
    int[] widths = header.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private boolean[] numeric() {
    boolean[] numeric = new boolean[header.size()];
    for (int i = 0; i < numeric.length; i++) {
      int column = i;
      List<String> cells =
          rows.stream()
              .filter(row -> !row.isEmpty())
              .map(row -> ESCAPE.matcher(row.get(column)).replaceAll(""))
              .filter(cell -> !cell.isEmpty())
              .toList();
      numeric[i] = !cells.isEmpty() && cells.stream().allMatch(c -> Character.isDigit(c.charAt(0)));
    }
    return numeric;
  }

  private static String cells(Style style, List<String> row, int[] widths, boolean[] right) {
    String bar = style.faint("│");
    StringBuilder line = new StringBuilder(style.lines() ? bar + " " : "");
    for (int i = 0; i < widths.length; i++) {
      String blank = " ".repeat(widths[i] - width(row.get(i)));
      line.append(right[i] ? blank + row.get(i) : row.get(i) + blank);
      if (i < widths.length - 1) {
        line.append(style.lines() ? " " + bar + " " : GAP);
      }
    }
    return (style.lines() ? line + " " + bar : line.toString().stripTrailing()) + "\n";
  }

  private static void edge(
      StringBuilder out, Style style, int[] widths, String first, String cross, String last) {
    if (!style.lines()) {
      return;
    }
    List<String> pieces = new ArrayList<>();
    for (int width : widths) {
      pieces.add("─".repeat(width + 2));
    }
    out.append(style.faint(first + String.join(cross, pieces) + last)).append('\n');
  }

  private static int width(String cell) {
    return ESCAPE.matcher(cell).replaceAll("").length();
  }
}
