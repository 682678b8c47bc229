package dev.assay.host;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.nativefree.SystemInfo;
import oshi.util.GlobalConfig;

/** Asks OSHI, without its native code, for what it knows; within a time limit. */
final class OshiSource implements Supplier<OshiView> {
  private final Duration limit;

  OshiSource(Duration limit) {
    this.limit = limit;
  }

  @Override
  public OshiView get() {
    try (TimeLimit time = new TimeLimit(limit, limit)) {
      return time.call(OshiSource::read);
    } catch (IOException | TimeoutException e) {
      return OshiView.NOTHING;
    }
  }

  private static OshiView read() {
    GlobalConfig.set(GlobalConfig.OSHI_OS_LINUX_ALLOWUDEV, false);
    SystemInfo info = new SystemInfo();
    if (!info.isAvailable()) {
      return OshiView.NOTHING;
    }
    HardwareAbstractionLayer hardware = info.getHardware();
    CentralProcessor cpu = hardware.getProcessor();
    GlobalMemory memory = hardware.getMemory();
    Map<String, Long> disks = new HashMap<>();
    for (HWDiskStore disk : hardware.getDiskStores()) {
      disks.put(disk.getName().replaceFirst("^/dev/", ""), disk.getSize());
    }
    Map<String, Long> links = new HashMap<>();
    for (NetworkIF link : hardware.getNetworkIFs(true)) {
      links.put(link.getName(), link.getSpeed());
    }
    return new OshiView(
        cpu.getProcessorIdentifier().getName(),
        positive(cpu.getPhysicalPackageCount()),
        positive(cpu.getPhysicalProcessorCount()),
        positive(cpu.getLogicalProcessorCount()),
        positive(cpu.getMaxFreq()),
        positive(memory.getTotal()),
        positive(memory.getAvailable()),
        disks,
        links);
  }

  private static OptionalInt positive(int value) {
    return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
  }

  private static OptionalLong positive(long value) {
    return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
