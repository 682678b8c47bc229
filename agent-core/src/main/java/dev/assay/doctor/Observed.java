package dev.assay.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What was read of a host, before anyone has judged it. */
public record Observed(
    Driver driver,
    GpuLibrary library,
    KernelLog kernelLog,
    Containers containers,
    Clock clock,
    HomeState home,
    Set<String> writableControllers,
    Reach coordinator) {
  public Observed {
    writableControllers = Set.copyOf(writableControllers);
  }

  /** Whether an NVIDIA GPU is on the PCI bus or the driver knows one. */
  public boolean hasGpu() {
    return !driver.pciGpus.isEmpty() || !library.gpus().isEmpty();
  }

  /**
   * The kernel's part of the driver.
   *
   * @param distribution the {@code ID} of os-release and those that it is like
   * @param version of the kernel module, if it is loaded
   * @param modules names of the loaded kernel modules
   * @param pciGpus for each NVIDIA GPU on the bus the kernel driver that has it, {@code none} if
   *     none has
   */
  public record Driver(
      String distribution,
      Optional<String> version,
      Set<String> modules,
      List<String> pciGpus,
      List<Node> nodes) {
    public Driver {
      modules = Set.copyOf(modules);
      pciGpus = List.copyOf(pciGpus);
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A device node.
   *
   * @param name below {@code /dev}
   * @param usable whether this user may read and write it
   * @param group that it belongs to
   * @param groupMay whether that group may read and write it
   */
  public record Node(String name, boolean usable, String group, boolean groupMay) {}

  /** The kernel's messages since the start, or why there are none. */
  public record KernelLog(Optional<String> text, String reason) {}

  /**
   * Container engines and NVIDIA's toolkit for them.
   *
   * @param engines names of those that are installed
   * @param toolkit version of {@code nvidia-ctk}
   * @param deviceFiles texts of CDI specifications
   */
  public record Containers(
      List<String> engines, Optional<String> toolkit, List<String> deviceFiles) {
    public Containers {
      engines = List.copyOf(engines);
      deviceFiles = List.copyOf(deviceFiles);
    }
  }

  /** Whether the clock is set from a time server; empty if nothing here says so. */
  public record Clock(Optional<Boolean> synchronised, String source) {}

  /**
   * The directory of this node.
   *
   * @param directory as it was given
   * @param exists whether there is one
   * @param freeBytes empty where the file system could not be asked
   * @param fileSystem such as {@code ext4}
   */
  public record HomeState(
      String directory,
      boolean exists,
      boolean writable,
      OptionalLong freeBytes,
      OptionalLong totalBytes,
      String fileSystem,
      boolean readOnly,
      Key key,
      Log log) {}

  /** The file of the private key; it is not read. */
  public record Key(boolean exists, boolean closedToOthers, boolean ownedByUser) {}

  /** The node's log. */
  public sealed interface Log {
    /** Nothing was logged yet. */
    record None() implements Log {}

    /** The checkpoint's signature holds. */
    record Good(long entries) implements Log {}

    /** It cannot be read, or it is not what it should be. */
    record Bad(String reason) implements Log {}
  }
}
