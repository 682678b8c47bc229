package dev.assay.gpu.nvml;

import java.util.List;

/**
 * What the library says of one device, at one moment.
 *
 * @param index NVML's own, in the order of PCI addresses; CUDA may count otherwise
 */
public record NvmlDevice(
    int index,
    Identity identity,
    Memory memory,
    Clocks clocks,
    Power power,
    Heat heat,
    Ecc ecc,
    Link link,
    Modes modes,
    Processes processes) {

  /**
   * @param pci where the device sits and what it calls itself there
   * @param computeCapability major and minor with a point, such as {@code 9.0}
   */
  public record Identity(
      Measured<String> name,
      Measured<String> uuid,
      Measured<Pci> pci,
      Measured<String> computeCapability,
      Measured<Long> memoryBusBits) {}

  /**
   * @param address as the kernel writes it: {@code 0000:17:00.0}
   * @param deviceId vendor in the lower, device in the upper half of 32 bits
   * @param subsystemId likewise
   */
  public record Pci(String address, long deviceId, long subsystemId) {}

  /** Bytes. {@code total} is what is left after ECC; {@code reserved} is the driver's own. */
  public record Memory(
      Measured<Long> total, Measured<Long> free, Measured<Long> used, Measured<Long> reserved) {}

  /** Hertz, now and at most. */
  public record Clocks(
      Measured<Long> multiprocessor,
      Measured<Long> memory,
      Measured<Long> maxMultiprocessor,
      Measured<Long> maxMemory,
      Measured<List<String>> throttleReasons) {}

  /**
   * Milliwatts. {@code limit} is the one in force; the owner may set {@code least} to {@code most}.
   */
  public record Power(
      Measured<Long> draw,
      Measured<Long> limit,
      Measured<Long> defaultLimit,
      Measured<Long> least,
      Measured<Long> most) {}

  /** Degrees Celsius: now, where it slows itself down, and where it switches itself off. */
  public record Heat(Measured<Long> now, Measured<Long> slowdown, Measured<Long> shutdown) {}

  /**
   * Errors of memory: since the driver was loaded, and over the device's life.
   *
   * @param retiredPages pages given up, of older devices; newer ones remap rows instead
   */
  public record Ecc(
      Measured<Boolean> enabled,
      Measured<Boolean> enabledAfterReboot,
      Measured<Long> corrected,
      Measured<Long> uncorrected,
      Measured<Long> correctedEver,
      Measured<Long> uncorrectedEver,
      Measured<Long> retiredPages,
      Measured<RemappedRows> remappedRows) {}

  /** Rows of memory that were replaced, and whether a replacement waits for a reset or failed. */
  public record RemappedRows(
      long forCorrectable, long forUncorrectable, boolean pending, boolean failed) {}

  /** The PCI Express link, now (an idle device lowers it) and at most. */
  public record Link(
      Measured<Long> generation,
      Measured<Long> width,
      Measured<Long> maxGeneration,
      Measured<Long> maxWidth) {}

  /** How the device is set up. */
  public record Modes(
      Measured<Boolean> persistence,
      Measured<Boolean> multiInstance,
      Measured<Boolean> displayActive,
      Measured<String> compute,
      Measured<String> virtualization) {}

  /** Processes on the device: how many, and their memory in bytes. Whose they are is not read. */
  public record Processes(
      Measured<Long> computing, Measured<Long> computingMemory, Measured<Long> drawing) {}
}
