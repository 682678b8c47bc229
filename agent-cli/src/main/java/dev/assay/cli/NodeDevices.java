package dev.assay.cli;

import dev.assay.gpu.proof.CudaProvers;
import dev.assay.hardware.HardwareProbe;
import dev.assay.proof.Prover;
import dev.assay.proof.cpu.CpuProver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The devices of this host.
 *
 * @param provers those that can be challenged: the processors, and each GPU that can be used
 * @param notes a sentence for whatever keeps a GPU from being one of them
 * @param probe reads the host and its GPUs
 */
record NodeDevices(List<Prover> provers, List<String> notes, HardwareProbe probe) {
  /** Asks the GPUs' driver; a host without one is a host with its processors. */
  static NodeDevices of(Cli cli) throws InterruptedException {
    CudaProvers gpus = CudaProvers.of(cli.gpuDriver());
    List<Prover> provers = new ArrayList<>();
    provers.add(new CpuProver());
    provers.addAll(gpus.provers());
    return new NodeDevices(List.copyOf(provers), gpus.notes(), PlatformProbe.ofThisHost(cli));
  }

  /** Refuses a device that is not here, with what is known of why. */
  void require(Optional<String> device) {
    List<String> ids = provers.stream().map(Prover::device).toList();
    if (device.isPresent() && !ids.contains(device.get())) {
      String only =
          "there is no device %s, only %s".formatted(device.get(), String.join(", ", ids));
      throw new IllegalArgumentException(
          String.join(". ", Stream.concat(Stream.of(only), notes.stream()).toList()));
    }
  }
}
