package dev.assay.host;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory limit of this process's control group and of those above it.
 *
 * @param limit the least of the limits; empty if none is set
 * @param left the least that any of them still allows, page cache that can be dropped counted as
 *     free
 */
record CgroupMemory(OptionalLong limit, OptionalLong left) {
  /** Version 1 writes the largest multiple of a page for "no limit". */
  private static final long NO_LIMIT = 1L << 60;

  private static final Pattern DROPPABLE =
      Pattern.compile("(?m)^(?:total_)?inactive_file ([0-9]{1,18})$");

  static CgroupMemory of(RawHost raw) {
    OptionalLong limit = OptionalLong.empty();
    OptionalLong left = OptionalLong.empty();
    for (CgroupMount mount : CgroupMount.ofThisProcess(raw)) {
      String prefix = mount.version() == 1 ? "memory.limit_in_bytes" : "memory.max";
      String usage = mount.version() == 1 ? "memory.usage_in_bytes" : "memory.current";
      for (String directory : mount.directoriesUpwards()) {
        OptionalLong here = raw.number(directory + "/" + prefix);
        if (here.isPresent() && here.getAsLong() < NO_LIMIT) {
          long used = raw.number(directory + "/" + usage).orElse(0) - droppable(raw, directory);
          limit = least(limit, here.getAsLong());
          left = least(left, Math.max(0, here.getAsLong() - Math.max(0, used)));
        }
      }
    }
    return new CgroupMemory(limit, left);
  }

  private static long droppable(RawHost raw, String directory) {
    Matcher matcher = DROPPABLE.matcher(raw.text(directory + "/memory.stat").orElse(""));
    long bytes = 0;
    while (matcher.find()) {
      bytes = Math.max(bytes, Long.parseLong(matcher.group(1)));
    }
    return bytes;
  }

  private static OptionalLong least(OptionalLong a, long b) {
    return OptionalLong.of(Math.min(a.orElse(Long.MAX_VALUE), b));
  }
}
