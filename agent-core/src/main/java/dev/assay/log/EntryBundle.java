package dev.assay.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 neighbouring entries as one file: each entry behind its length as two bytes,
 * big-endian, and nothing else.
 */
public final class EntryBundle {
  /** The longest entry that two bytes of length can announce. */
  public static final int MAX_ENTRY = 65_535;

  /** The longest file: 256 entries of the greatest length. */
  public static final int MAX_BYTES = Tile.WIDTH * (Short.BYTES + MAX_ENTRY);

  private EntryBundle() {}

  /** The file with these entries; an entry over {@link #MAX_ENTRY} bytes is refused. */
  public static byte[] encode(List<byte[]> entries) {
    int length = 0;
    for (byte[] entry : entries) {
      length += Short.BYTES + checked(entry).length;
    }
    ByteBuffer bundle = ByteBuffer.allocate(length);
    entries.forEach(entry -> bundle.putShort((short) entry.length).put(entry));
    return bundle.array();
  }

  /** The entries of a file that must hold exactly {@code width} of them and nothing after. */
  public static List<byte[]> decode(byte[] file, int width) {
    ByteBuffer rest = ByteBuffer.wrap(file);
    List<byte[]> entries = new ArrayList<>(width);
    while (entries.size() < width) {
      if (rest.remaining() < Short.BYTES) {
        throw torn(entries.size(), width);
      }
      byte[] entry = new byte[Short.toUnsignedInt(rest.getShort())];
      if (rest.remaining() < entry.length) {
        throw torn(entries.size(), width);
      }
      rest.get(entry);
      entries.add(entry);
    }
    if (rest.hasRemaining()) {
      throw new LogFormatException(
          "the entry bundle has " + rest.remaining() + " bytes after its " + width + " entries");
    }
    return entries;
  }

  /** The entry itself, if it is short enough to be one. */
  public static byte[] checked(byte[] entry) {
    if (entry.length > MAX_ENTRY) {
      throw new LogFormatException(
          "an entry has at most 65535 bytes, and this one has " + entry.length);
    }
    return entry;
  }

  private static LogFormatException torn(int whole, int width) {
    return new LogFormatException(
        "the entry bundle ends inside entry " + whole + " of its " + width);
  }
}
