package dev.assay.host;

import java.util.List;

/**
 * What is read of a host. A {@code *} stands for any one name.
 *
 * @param files whose content is read
 * @param links of which the last name of the target is read
 * @param presence paths of which only their existence is asked
 * @param owners paths of which the owner and the permissions are read
 */
public record ReadList(
    List<String> files, List<String> links, List<String> presence, List<String> owners) {
  /**
   * Everything that is read of any host, in one list. Nothing here holds a name of a person or of a
   * host, an address, or a serial number; the two machine ids only go into the digest that
   * tokens.md §3 defines.
   */
  static final ReadList HOST =
      new ReadList(
          List.of(
              "etc/machine-id",
              "etc/os-release",
              "usr/lib/os-release",
              "run/systemd/container",
              "proc/cpuinfo",
              "proc/meminfo",
              "proc/uptime",
              "proc/self/cgroup",
              "proc/self/mountinfo",
              "proc/sys/kernel/osrelease",
              "proc/sys/kernel/random/boot_id",
              "sys/hypervisor/type",
              "sys/class/dmi/id/sys_vendor",
              "sys/class/dmi/id/product_name",
              "sys/class/dmi/id/product_uuid",
              "sys/class/dmi/id/board_vendor",
              "sys/class/dmi/id/board_name",
              "sys/class/dmi/id/bios_vendor",
              "sys/class/dmi/id/bios_version",
              "sys/devices/system/node/online",
              "sys/devices/system/cpu/online",
              "sys/devices/system/cpu/*/topology/physical_package_id",
              "sys/devices/system/cpu/*/topology/core_id",
              "sys/devices/system/cpu/*/topology/die_id",
              "sys/devices/system/cpu/*/cpufreq/cpuinfo_max_freq",
              "sys/devices/system/cpu/*/cache/*/level",
              "sys/devices/system/cpu/*/cache/*/type",
              "sys/devices/system/cpu/*/cache/*/size",
              "sys/devices/system/cpu/*/cache/*/shared_cpu_list",
              "sys/block/*/size",
              "sys/block/*/removable",
              "sys/block/*/queue/rotational",
              "sys/block/*/device/model",
              "sys/class/net/*/type",
              "sys/class/net/*/speed",
              "sys/class/net/*/operstate",
              "sys/bus/pci/devices/*/class",
              "sys/bus/pci/devices/*/vendor",
              "sys/bus/pci/devices/*/device"),
          List.of(
              "sys/block/*/device/driver",
              "sys/class/net/*/device/driver",
              "sys/bus/pci/devices/*/driver"),
          List.of(
              ".dockerenv",
              "run/.containerenv",
              "run/docker.sock",
              "run/podman/podman.sock",
              "run/user/*/podman/podman.sock",
              "sys/block/*/device",
              "sys/class/net/*/device",
              "sys/class/net/*/wireless"),
          List.of());

  /** Files of a control group's directory. */
  static final List<String> CGROUP_FILES =
      List.of(
          "cgroup.controllers",
          "memory.max",
          "memory.current",
          "memory.limit_in_bytes",
          "memory.usage_in_bytes",
          "memory.stat");

  /** Container engines, by the name of their program. */
  static final List<String> ENGINES = List.of("docker", "podman");

  /** Where programs are looked for. */
  static final List<String> PROGRAM_DIRECTORIES =
      List.of("usr/local/bin", "usr/bin", "bin", "snap/bin");

  public ReadList {
    files = List.copyOf(files);
    links = List.copyOf(links);
    presence = List.copyOf(presence);
    owners = List.copyOf(owners);
  }
}
