package dev.assay.host;

import static dev.assay.host.FactSheet.text;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Mainboard and firmware, and whether there is a hypervisor or a container around this process. */
final class Machine {
  private static final String DMI = "sys/class/dmi/id/";
  private static final List<String> VIRTUAL =
      List.of(
          "qemu",
          "kvm",
          "vmware",
          "virtualbox",
          "innotek",
          "xen",
          "bochs",
          "bhyve",
          "amazon ec2",
          "google compute engine",
          "openstack",
          "parallels",
          "virtual machine",
          "droplet",
          "vserver");
  private static final List<String> PHYSICAL =
      List.of(
          "dell",
          "supermicro",
          "hewlett",
          "hpe",
          "lenovo",
          "asus",
          "gigabyte",
          "asrock",
          "fujitsu",
          "inspur",
          "tyan",
          "intel corporation",
          "nvidia",
          "micro-star");

  private Machine() {}

  static Component of(RawHost raw, List<Conflict> conflicts) {
    return new FactSheet("machine", Component.Kind.MACHINE, conflicts)
        .put("vendor", text(raw.raw(DMI + "sys_vendor"), Source.DMI))
        .put("product", text(raw.raw(DMI + "product_name"), Source.DMI))
        .put("boardVendor", text(raw.raw(DMI + "board_vendor"), Source.DMI))
        .put("board", text(raw.raw(DMI + "board_name"), Source.DMI))
        .put("firmwareVendor", text(raw.raw(DMI + "bios_vendor"), Source.DMI))
        .put("firmware", text(raw.raw(DMI + "bios_version"), Source.DMI))
        .put("virtual", byProcessor(raw), byFirmware(raw))
        .put("hypervisor", text(raw.raw("sys/hypervisor/type"), Source.SYSFS))
        .put("container", container(raw))
        .component();
  }

  /** A hypervisor sets the processor's feature flag of that name, unless it hides itself. */
  private static Reading byProcessor(RawHost raw) {
    CpuInfo info = new CpuInfo(raw.text("proc/cpuinfo").orElse(""));
    return info.features().isEmpty()
        ? new Reading.NotMeasured("the processor's features are not listed", Source.PROCFS)
        : new Reading.Flag(info.features().contains("hypervisor"), Source.PROCFS);
  }

  private static Reading byFirmware(RawHost raw) {
    String names =
        String.join(
                " ",
                raw.text(DMI + "sys_vendor").orElse(""),
                raw.text(DMI + "product_name").orElse(""),
                raw.text(DMI + "bios_vendor").orElse(""))
            .toLowerCase(Locale.ROOT);
    if (VIRTUAL.stream().anyMatch(names::contains)) {
      return new Reading.Flag(true, Source.DMI);
    }
    return PHYSICAL.stream().anyMatch(names::contains)
        ? new Reading.Flag(false, Source.DMI)
        : new Reading.NotMeasured("the firmware's vendor is not a known one", Source.DMI);
  }

  private static Reading container(RawHost raw) {
    Optional<String> named = raw.text("run/systemd/container");
    if (named.isPresent()) {
      return text(named, Source.FILE);
    }
    if (raw.present().contains("run/.containerenv")) {
      return text(Optional.of("podman"), Source.FILE);
    }
    if (raw.present().contains(".dockerenv")) {
      return text(Optional.of("docker"), Source.FILE);
    }
    return text(
        Optional.of(raw.text("proc/self/cgroup").orElse("").contains("kubepods") ? "pod" : "none"),
        Source.PROCFS);
  }
}
