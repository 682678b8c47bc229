package dev.assay.host;

import static dev.assay.host.FactSheet.amount;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's memory, and how much of it this process can still take. The kernel's tables show the
 * whole host also inside a container; the control group's limit is what counts there.
 */
final class Memory {
  private final RawHost raw;
  private final OshiView oshi;
  private final CgroupMemory group;

  Memory(RawHost raw, OshiView oshi) {
    this.raw = raw;
    this.oshi = oshi;
    this.group = CgroupMemory.of(raw);
  }

  Component component(List<Conflict> conflicts) {
    return new FactSheet("memory", Component.Kind.MEMORY, conflicts)
        .put(
            "totalBytes",
            amount(line("MemTotal"), Source.PROCFS),
            amount(oshi.totalMemory(), Source.OSHI))
        .putMoving("availableBytes", available(), amount(oshi.availableMemory(), Source.OSHI))
        .put("swapBytes", amount(line("SwapTotal"), Source.PROCFS))
        .put(
            "limitBytes",
            group.limit().isPresent()
                ? amount(group.limit(), Source.CGROUP)
                : new Reading.NotMeasured("no limit is set", Source.CGROUP))
        .component();
  }

  /** What a proof can take now: the least of what the host and the control group leave. */
  Reading free() {
    Reading host = available();
    OptionalLong left = group.left();
    boolean bound =
        left.isPresent()
            && host instanceof Reading.Amount amount
            && left.getAsLong() < amount.value();
    return bound ? amount(left, Source.CGROUP) : host;
  }

  private Reading available() {
    return amount(line("MemAvailable"), Source.PROCFS);
  }

  private OptionalLong line(String key) {
    Matcher matcher =
        Pattern.compile("(?m)^" + key + ":\\s+([0-9]{1,15}) kB$")
            .matcher(raw.text("proc/meminfo").orElse(""));
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)) * 1024)
        : OptionalLong.empty();
  }
}
