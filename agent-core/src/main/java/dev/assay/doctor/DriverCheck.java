package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** NVIDIA's driver: loaded, new enough, of one version, and usable by this user. */
final class DriverCheck {
  private static final String DRIVER = "driver";
  private static final String NODES = "device-nodes";

  /** The oldest that the kernels shipped here are built for. */
  private static final int OLDEST = 525;

  private static final Set<String> NEEDED = Set.of("nvidiactl", "nvidia-uvm");

  private DriverCheck() {}

  static List<Line> of(Observed observed) {
    Observed.Driver driver = observed.driver();
    if (!observed.hasGpu() && driver.version().isEmpty()) {
      return List.of(
          Line.information(DRIVER, "There is no NVIDIA GPU on this host; its device is cpu:0."));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(driver(observed));
    if (driver.version().isPresent()) {
      lines.add(nodes(driver));
    }
    return lines;
  }

  private static Line driver(Observed observed) {
    Observed.Driver driver = observed.driver();
    GpuLibrary library = observed.library();
    if (driver.version().isEmpty()) {
      return missing(driver);
    }
    if (library.unavailable().isPresent()) {
      return silent(driver, library);
    }
    String version = library.driverVersion().orElse(driver.version().get());
    int major = Integer.parseInt("0" + version.replaceAll("^([0-9]{0,6}).*$", "$1"));
    if (major > 0 && major < OLDEST) {
      return Line.failure(
          DRIVER,
          "NVIDIA driver %s is older than %d, the oldest that Assay's kernels run on."
              .formatted(version, OLDEST),
          install(driver));
    }
    return Line.ok(
        DRIVER,
        "NVIDIA driver %s, CUDA up to %s, NVML %s, %d GPU%s."
            .formatted(
                version,
                library.cudaVersion().orElse("unknown"),
                library.libraryVersion().orElse("unknown"),
                library.gpus().size(),
                library.gpus().size() == 1 ? "" : "s"));
  }

  private static Line missing(Observed.Driver driver) {
    String count =
        driver.pciGpus().size() == 1
            ? "An NVIDIA GPU is"
            : driver.pciGpus().size() + " NVIDIA GPUs are";
    if (driver.modules().contains("nouveau") || driver.pciGpus().contains("nouveau")) {
      return Line.failure(
          DRIVER,
          count
              + " here, and the kernel runs nouveau, which cannot compute, in place of NVIDIA's"
              + " driver.",
          "echo 'blacklist nouveau' | sudo tee /etc/modprobe.d/nouveau.conf && sudo"
              + " update-initramfs -u && "
              + install(driver)
              + " && sudo reboot");
    }
    if (driver.pciGpus().contains("vfio-pci")) {
      return Line.warning(
          DRIVER,
          count + " handed over to virtual machines (vfio-pci), so this host cannot use it.",
          "run Assay inside the virtual machine that has the GPU");
    }
    return Line.failure(
        DRIVER, count + " on the PCI bus, and NVIDIA's driver is not loaded.", install(driver));
  }

  /** The module is there and the library does not speak to it. */
  private static Line silent(Observed.Driver driver, GpuLibrary library) {
    String reason = library.unavailable().orElseThrow();
    String sentence =
        "NVIDIA's kernel module %s is loaded, and its management library says nothing: %s."
            .formatted(driver.version().orElseThrow(), reason);
    if (reason.contains("different versions")) {
      return Line.failure(
          DRIVER, sentence + " The driver was updated under the running kernel.", "sudo reboot");
    }
    return Line.failure(DRIVER, sentence, "nvidia-smi");
  }

  private static String install(Observed.Driver driver) {
    String family = " " + driver.distribution() + " ";
    if (family.contains(" ubuntu ")) {
      return "sudo ubuntu-drivers install";
    }
    if (family.contains(" debian ")) {
      return "sudo apt-get install nvidia-driver";
    }
    if (family.contains(" fedora ") || family.contains(" rhel ")) {
      return "sudo dnf install akmod-nvidia xorg-x11-drv-nvidia-cuda";
    }
    if (family.contains(" arch ")) {
      return "sudo pacman -S nvidia";
    }
    return "install NVIDIA's driver, 525 or later, as your distribution describes it";
  }

  private static Line nodes(Observed.Driver driver) {
    List<String> names = driver.nodes().stream().map(Observed.Node::name).toList();
    boolean anyGpu = names.stream().anyMatch(name -> name.matches("nvidia[0-9]+"));
    if (!names.containsAll(NEEDED) || !anyGpu) {
      return Line.failure(
          NODES,
          "Of /dev/nvidia0, /dev/nvidiactl and /dev/nvidia-uvm not all are there; in a container,"
              + " it was started without its GPU.",
          "sudo nvidia-modprobe -u -c 0");
    }
    List<Observed.Node> closed = driver.nodes().stream().filter(node -> !node.usable()).toList();
    if (closed.isEmpty()) {
      return Line.ok(NODES, "This user may use all of " + String.join(", ", names) + ".");
    }
    String which = String.join(", ", closed.stream().map(Observed.Node::name).toList());
    Observed.Node first = closed.getFirst();
    return Line.failure(
        NODES,
        "This user may not read and write " + which + " below /dev.",
        first.groupMay()
            ? "sudo usermod -aG " + first.group() + " \"$USER\" and log in again"
            : "sudo chmod 0666 /dev/nvidia*");
  }
}
