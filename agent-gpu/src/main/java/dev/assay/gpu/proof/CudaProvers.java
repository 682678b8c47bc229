package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.DeviceState;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The provers of a host's GPUs.
 *
 * @param provers one for each device that can prove
 * @param notes a sentence for whatever stands in the way of others, or of all
 */
public record CudaProvers(List<CudaProver> provers, List<String> notes) {
  /** Copies the lists. */
  public CudaProvers {
    provers = List.copyOf(provers);
    notes = List.copyOf(notes);
  }

  /**
   * Makes them, and has each device's driver compile the kernels. A device that the driver lists
   * twice, as its UUID shows, proves under its first number alone.
   */
  public static CudaProvers of(DriverState driver) throws InterruptedException {
    return switch (driver) {
      case DriverState.Ready ready -> of(ready);
      case DriverState.NoDriver none -> none(none);
      case DriverState.TooOld old -> none(old);
      case DriverState.NoDevice none -> none(none);
      case DriverState.Failed failed -> none(failed);
    };
  }

  private static CudaProvers none(DriverState driver) {
    return new CudaProvers(List.of(), List.of(driver.sentence()));
  }

  private static CudaProvers of(DriverState.Ready ready) throws InterruptedException {
    List<CudaProver> provers = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Map<String, String> known = new LinkedHashMap<>();
    for (DeviceState device : ready.devices()) {
      if (device instanceof DeviceState.Usable(CudaDevice usable)) {
        String twin = known.putIfAbsent(usable.facts().uuid(), usable.id());
        if (twin == null) {
          add(new CudaProver(usable), provers, notes);
        } else {
          notes.add(
              "%s is the same device as %s (GPU-%s), so it is not offered again."
                  .formatted(usable.id(), twin, usable.facts().uuid()));
        }
      } else {
        notes.add(device.sentence());
      }
    }
    return new CudaProvers(provers, notes);
  }

  private static void add(CudaProver prover, List<CudaProver> provers, List<String> notes)
      throws InterruptedException {
    try {
      prover.prepare();
      provers.add(prover);
    } catch (ProverException e) {
      notes.add(e.getMessage() + ". It is not offered until the agent starts anew.");
    }
  }
}
