package dev.assay.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of up to 256 neighbours (C2SP tlog-tiles): hashes of subtrees of
 * 256<sup>{@code level}</sup> entries, or at level {@link #ENTRIES} the entries themselves.
 *
 * @param level 0 for leaf hashes, 1 for the hashes of full tiles below, and so on
 * @param index which tile of its level, from 0
 * @param width how many neighbours, 256 if full
 */
public record Tile(int level, long index, int width) {
  /** Neighbours in a full tile. */
  public static final int WIDTH = 256;

  /** Levels of the tree in one tile: 2⁸ = 256. */
  public static final int HEIGHT = 8;

  /** The level that stands for entry bundles. */
  public static final int ENTRIES = -1;

  /** The highest level that a log of less than 2⁶³ entries can have. */
  public static final int MAX_LEVEL = 7;

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Refuses what no log of less than 2⁶³ entries can have. */
  public Tile {
    if (level < ENTRIES || level > MAX_LEVEL) {
      throw new LogFormatException("there are no tiles of level " + level);
    }
    if (index < 0 || index > neighbours(level, Long.MAX_VALUE) / WIDTH) {
      throw new LogFormatException("there is no tile " + index + " of level " + level);
    }
    if (width < 1 || width > WIDTH) {
      throw new LogFormatException("a tile holds 1 to 256 neighbours, not " + width);
    }
  }

  /** The entry bundle with these entries. */
  public static Tile entries(long index, int width) {
    return new Tile(ENTRIES, index, width);
  }

  /** How many neighbours at {@code level} a log of {@code size} entries has in all. */
  public static long neighbours(int level, long size) {
    return level > MAX_LEVEL ? 0 : size >> (HEIGHT * Math.max(level, 0));
  }

  /** The width of tile {@code index} of {@code level} in a log of {@code size} entries, or 0. */
  public static int width(int level, long index, long size) {
    long rest = neighbours(level, size) - index * WIDTH;
    return (int) Math.clamp(rest, 0L, (long) WIDTH);
  }

  /** Whether the tile can still grow. */
  public boolean isPartial() {
    return width < WIDTH;
  }

  /** The full tile that this one is, or grows into. */
  public Tile full() {
    return new Tile(level, index, WIDTH);
  }

  /** The path below the log's root, such as {@code tile/0/x001/234.p/7}. */
  public String path() {
    String folder = level == ENTRIES ? "tile/entries/" : "tile/" + level + "/";
    return folder + digits(index) + (isPartial() ? ".p/" + width : "");
  }

  /** The tile of a {@link #path()}; every other text is a {@link LogFormatException}. */
  public static Tile parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw notAPath();
    }
    int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
    String digits = matcher.group(2).replace("x", "").replace("/", "");
    int width = matcher.group(3) == null ? WIDTH : Integer.parseInt(matcher.group(3));
    Tile tile = new Tile(level, Long.parseLong(digits), width);
    if (!tile.path().equals(path)) {
      throw notAPath();
    }
    return tile;
  }

  /** The index in groups of three digits, an x before all but the last: x001/x234/067. */
  private static String digits(long index) {
    List<String> groups = new ArrayList<>();
    groups.add("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      groups.add("x%03d".formatted(rest % 1000));
    }
    Collections.reverse(groups);
    return String.join("/", groups);
  }

  private static LogFormatException notAPath() {
    return new LogFormatException("the path is not that of a tile");
  }
}
