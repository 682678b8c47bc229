package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How each GPU is set up, and what its memory says of itself. */
final class GpuCheck {
  private static final String PERSISTENCE = "persistence";
  private static final String ECC = "ecc";
  private static final String THROTTLE = "throttle";

  private GpuCheck() {}

  static List<Line> of(GpuLibrary library) {
    List<Line> lines = new ArrayList<>();
    for (GpuLibrary.Gpu gpu : library.gpus()) {
      lines.add(persistence(gpu));
      lines.add(ecc(gpu));
      throttle(gpu).ifPresent(lines::add);
    }
    return lines;
  }

  private static Line persistence(GpuLibrary.Gpu gpu) {
    if (gpu.persistence().isEmpty()) {
      return Line.information(PERSISTENCE, gpu.label() + ": persistence mode could not be read.");
    }
    return gpu.persistence().get()
        ? Line.ok(PERSISTENCE, gpu.label() + ": the driver stays loaded between uses.")
        : Line.warning(
            PERSISTENCE,
            gpu.label()
                + ": the driver unloads the GPU after each use, so every proof begins with a wait"
                + " of up to seconds.",
            "sudo systemctl enable --now nvidia-persistenced || sudo nvidia-smi -pm 1");
  }

  private static Line ecc(GpuLibrary.Gpu gpu) {
    if (gpu.remapFailed().orElse(false)) {
      return Line.failure(
          ECC,
          gpu.label() + ": broken memory could not be replaced by spare rows: the GPU is worn out.",
          "have " + gpu.label() + " replaced by its maker");
    }
    if (gpu.uncorrectedErrors().orElse(0) > 0) {
      return Line.failure(
          ECC,
          "%s: %d errors of memory since the driver was loaded could not be corrected; results may be wrong."
              .formatted(gpu.label(), gpu.uncorrectedErrors().getAsLong()),
          "stop all work on it, then: sudo nvidia-smi --gpu-reset -i " + gpu.index());
    }
    if (gpu.remapPending().orElse(false)) {
      return Line.warning(
          ECC,
          gpu.label() + ": broken memory will be replaced by spare rows at the next reset.",
          "stop all work on it, then: sudo nvidia-smi --gpu-reset -i " + gpu.index());
    }
    Optional<Boolean> on = gpu.ecc();
    if (on.isEmpty()) {
      return Line.information(ECC, gpu.label() + ": this model has no ECC, or does not tell.");
    }
    if (gpu.eccAfterReboot().isPresent() && !gpu.eccAfterReboot().equals(on)) {
      return Line.warning(
          ECC,
          "%s: ECC is %s, and will be %s after the next start."
              .formatted(gpu.label(), word(on.get()), word(!on.get())),
          "sudo reboot");
    }
    return on.get()
        ? Line.ok(ECC, gpu.label() + ": ECC is on and no error was uncorrectable.")
        : Line.warning(
            ECC,
            gpu.label() + ": ECC is off, so a flipped bit makes a proof fail and nobody knows why.",
            "sudo nvidia-smi -e 1 -i " + gpu.index() + " && sudo reboot");
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }

  /** Slowing down while idle, or to the owner's own power limit, is as it should be. */
  private static Optional<Line> throttle(GpuLibrary.Gpu gpu) {
    List<String> bad =
        gpu.throttles().stream()
            .filter(reason -> reason.matches("(?i).*(thermal|hardware|hw|brake).*"))
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Line.warning(
                THROTTLE,
                "%s slows itself down: %s.".formatted(gpu.label(), String.join(", ", bad)),
                "nvidia-smi -q -d TEMPERATURE,POWER -i "
                    + gpu.index()
                    + "   then look after cooling and power cables"));
  }
}
