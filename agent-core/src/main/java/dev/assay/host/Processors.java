package dev.assay.host;

import static dev.assay.host.FactSheet.amount;
import static dev.assay.host.FactSheet.text;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All processors of the host as the one device {@code cpu:0}. */
final class Processors {
  private Processors() {}

  static Component of(
      RawHost raw, OshiView oshi, JvmView jvm, Reading freeMemory, List<Conflict> conflicts) {
    CpuInfo info = new CpuInfo(raw.text("proc/cpuinfo").orElse(""));
    CpuTopology topology = new CpuTopology(raw);
    int listed = info.threads();
    return new FactSheet("cpu:0", Component.Kind.CPU, conflicts)
        .put(
            "model",
            text(info.first("model name"), Source.PROCFS),
            text(Optional.of(oshi.cpuModel()), Source.OSHI))
        .put("vendor", text(info.first("vendor_id"), Source.PROCFS))
        .put("architecture", text(Optional.of(jvm.architecture()), Source.JVM))
        .put("features", FactSheet.texts(info.features(), Source.PROCFS))
        .put(
            "threads",
            amount(listed > 0 ? OptionalInt.of(listed) : OptionalInt.empty(), Source.PROCFS),
            amount(topology.online(), Source.SYSFS),
            amount(oshi.threads(), Source.OSHI))
        .put("usableThreads", new Reading.Amount(jvm.processors(), Source.JVM))
        .put("cores", amount(topology.cores(), Source.SYSFS), amount(oshi.cores(), Source.OSHI))
        .put(
            "sockets",
            amount(topology.sockets(), Source.SYSFS),
            amount(oshi.sockets(), Source.OSHI))
        .put(
            "memoryNodes",
            amount(
                raw.text("sys/devices/system/node/online")
                    .map(CpuTopology::sizeOfList)
                    .orElse(OptionalInt.empty()),
                Source.SYSFS))
        .putMoving(
            "maxHertz",
            amount(topology.maxHertz(), Source.SYSFS),
            amount(oshi.maxHertz(), Source.OSHI))
        .put("level1DataCacheBytes", amount(topology.cacheBytes(1, "Data"), Source.SYSFS))
        .put(
            "level1InstructionCacheBytes",
            amount(topology.cacheBytes(1, "Instruction"), Source.SYSFS))
        .put("level2CacheBytes", amount(topology.cacheBytes(2, "Unified", "Data"), Source.SYSFS))
        .put("level3CacheBytes", amount(topology.cacheBytes(3, "Unified", "Data"), Source.SYSFS))
        .put("lastLevelCacheBytes", amount(topology.lastLevelCacheBytes(), Source.SYSFS))
        .put("freeMemoryBytes", freeMemory)
        .component();
  }
}
