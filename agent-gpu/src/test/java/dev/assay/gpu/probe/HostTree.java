package dev.assay.gpu.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a host with NVIDIA's driver, below a directory of a test. */
final class HostTree {
  static final String ADDRESS = "0000:17:00.0";

  private final Path root;

  HostTree(Path root) {
    this.root = root;
  }

  /** One H100 as a usual installation shows it. */
  static HostTree ofOneH100(Path root, String uuid) throws IOException {
    return new HostTree(root)
        .adapter(ADDRESS, "0x2330", "0x16c1")
        .file("sys/module/nvidia/version", "580.95.05\n")
        .file(
            "proc/driver/nvidia/version",
            """
            NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build
            GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)
            """)
        .file(
            "proc/driver/nvidia/gpus/" + ADDRESS + "/information",
            """
            Model: \t\t NVIDIA H100 80GB HBM3
            IRQ:   \t\t 345
            GPU UUID: \t GPU-%s
            Bus Type: \t PCIe
            """
                .formatted(uuid))
        .file("etc/ld.so.preload", "")
        .libraries("/usr/lib/x86_64-linux-gnu", "580.95.05")
        .file(
            "proc/self/mountinfo",
            """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            23 22 0:5 / /home rw - xfs /dev/sdb1 rw
            """);
  }

  HostTree adapter(String address, String device, String board) throws IOException {
    String path = "sys/bus/pci/devices/" + address + "/";
    return file(path + "vendor", "0x10de\n")
        .file(path + "class", "0x030200\n")
        .file(path + "device", device + "\n")
        .file(path + "subsystem_vendor", "0x10de\n")
        .file(path + "subsystem_device", board + "\n")
        .file(path + "numa_node", "1\n")
        .file(path + "current_link_speed", "2.5 GT/s PCIe\n")
        .file(path + "current_link_width", "16\n")
        .file(path + "max_link_speed", "32.0 GT/s PCIe\n")
        .file(path + "max_link_width", "16\n");
  }

  /** Both libraries in that directory, loaded by this process. */
  HostTree libraries(String directory, String version) throws IOException {
    String cuda = directory + "/libcuda.so." + version;
    String nvml = directory + "/libnvidia-ml.so." + version;
    return file(cuda.substring(1), "")
        .file(nvml.substring(1), "")
        .file(
            "proc/self/maps",
            """
            7f1200000000-7f1200200000 r--p 00000000 08:01 131  %s
            7f1200200000-7f1200400000 r-xp 00200000 08:01 131  %s
            7f1300000000-7f1300200000 r-xp 00000000 08:01 132  %s
            7f1400000000-7f1400001000 rw-p 00000000 00:00 0
            7f1500000000-7f1500001000 r-xp 00000000 08:01 9    /tmp/libJCudaDriver.so (deleted)
            """
                .formatted(cuda, cuda, nvml));
  }

  HostTree file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }
}
