package dev.assay.doctor;

import java.util.List;
import java.util.Optional;

/** Whether containers can be given a GPU. */
final class ContainerCheck {
  private static final String CHECK = "containers";
  private static final String GENERATE =
      "sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml";

  private ContainerCheck() {}

  static Line of(Observed observed) {
    Observed.Containers containers = observed.containers();
    String engines = String.join(", ", containers.engines());
    if (containers.engines().isEmpty()) {
      return Line.information(
          CHECK, "There is no container engine (docker, podman, containerd): jobs run without.");
    }
    if (!observed.hasGpu()) {
      return Line.ok(CHECK, "Engines: " + engines + ".");
    }
    if (containers.toolkit().isEmpty()) {
      return Line.warning(
          CHECK,
          "Engines: " + engines + "; containers get no GPU without NVIDIA's container toolkit.",
          "sudo apt-get install nvidia-container-toolkit   (from NVIDIA's repository), then: "
              + GENERATE);
    }
    List<String> own =
        containers.deviceFiles().stream().filter(text -> text.contains("nvidia.com/gpu")).toList();
    if (own.isEmpty()) {
      return Line.warning(
          CHECK,
          "Engines: %s, toolkit %s; no file below /etc/cdi describes the GPUs."
              .formatted(engines, containers.toolkit().get()),
          GENERATE);
    }
    Optional<String> driver = observed.driver().version();
    if (driver.isPresent()
        && own.stream().allMatch(text -> text.contains("libcuda.so."))
        && own.stream().noneMatch(text -> text.contains("libcuda.so." + driver.get()))) {
      return Line.failure(
          CHECK,
          "The file below /etc/cdi that describes the GPUs names another driver than "
              + driver.get()
              + ": containers with a GPU do not start.",
          GENERATE);
    }
    return Line.ok(
        CHECK,
        "Engines: %s, toolkit %s, GPUs described for them."
            .formatted(engines, containers.toolkit().get()));
  }
}
