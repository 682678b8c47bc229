package dev.assay.host;

import static dev.assay.host.FactSheet.text;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Display and computing adapters on the PCI bus. Their presence is a fact; whether one can compute
 * anything is for its driver to say, so none of them is a device.
 */
final class PciAdapters {
  private static final String BUS = "sys/bus/pci/devices";

  private PciAdapters() {}

  static List<Component> of(RawHost raw, List<Conflict> conflicts) {
    List<Component> adapters = new ArrayList<>();
    for (String slot : raw.names(BUS)) {
      String path = BUS + "/" + slot;
      Optional<String> role = raw.text(path + "/class").flatMap(PciAdapters::role);
      if (role.isEmpty()) {
        continue;
      }
      adapters.add(
          new FactSheet("pci:" + adapters.size(), Component.Kind.PCI, conflicts)
              .put("role", text(role, Source.SYSFS))
              .put("slot", text(Optional.of(slot), Source.SYSFS))
              .put("vendorId", text(raw.raw(path + "/vendor"), Source.SYSFS))
              .put("deviceId", text(raw.raw(path + "/device"), Source.SYSFS))
              .put("driver", text(raw.raw(path + "/driver"), Source.SYSFS))
              .component());
    }
    return adapters;
  }

  /** The base class of the PCI specification: 03 display, 12 processing accelerator. */
  private static Optional<String> role(String pciClass) {
    if (pciClass.startsWith("0x03")) {
      return Optional.of("display");
    }
    return pciClass.startsWith("0x12") ? Optional.of("accelerator") : Optional.empty();
  }
}
