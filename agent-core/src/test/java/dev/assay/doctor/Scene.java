package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A host with two GPUs on which everything is as it should be, until a test changes it. */
final class Scene {
  static final String DRIVER = "550.54.15";

  String distribution = "debian";
  Optional<String> module = Optional.of(DRIVER);
  Set<String> modules = Set.of("nvidia", "nvidia_uvm");
  List<String> pciGpus = List.of("nvidia", "nvidia");
  List<Observed.Node> nodes =
      new ArrayList<>(List.of(node("nvidia0"), node("nvidiactl"), node("nvidia-uvm")));
  GpuLibrary library = library(gpu());
  Observed.KernelLog kernelLog = log("");
  Observed.Containers containers =
      new Observed.Containers(
          List.of("docker"),
          Optional.of("1.16.2"),
          List.of("kind: nvidia.com/gpu\n- /usr/lib/libcuda.so." + DRIVER));
  Observed.Clock clock = new Observed.Clock(Optional.of(true), "timedatectl");
  Observed.HomeState home =
      home(100L << 30, true, false, key(true, true), new Observed.Log.Good(12));
  Set<String> controllers = Set.of("cpu", "memory", "pids");
  Reach coordinator = new Reach.Reached(12);

  /** The host of someone who has no GPU. */
  static Scene withoutGpu() {
    Scene scene = new Scene();
    scene.module = Optional.empty();
    scene.modules = Set.of();
    scene.pciGpus = List.of();
    scene.nodes.clear();
    scene.library = GpuLibrary.none("libnvidia-ml.so.1 is not on this host");
    scene.containers = new Observed.Containers(List.of(), Optional.empty(), List.of());
    scene.coordinator = new Reach.NotJoined();
    return scene;
  }

  List<Line> diagnosis() {
    return Diagnosis.of(
        new Observed(
            new Observed.Driver(distribution, module, modules, pciGpus, nodes),
            library,
            kernelLog,
            containers,
            clock,
            home,
            controllers,
            coordinator));
  }

  static Observed.Node node(String name) {
    return new Observed.Node(name, true, "root", false);
  }

  static Observed.KernelLog log(String text) {
    return new Observed.KernelLog(Optional.of(text), "");
  }

  static GpuLibrary library(GpuLibrary.Gpu... gpus) {
    return new GpuLibrary(
        Optional.empty(),
        Optional.of(DRIVER),
        Optional.of("12." + DRIVER),
        Optional.of("12.4"),
        List.of(gpus));
  }

  static GpuLibrary.Gpu gpu() {
    return gpu(true, true, true, 0, false, false);
  }

  static GpuLibrary.Gpu gpu(
      boolean persistence,
      boolean ecc,
      boolean eccLater,
      long uncorrected,
      boolean pending,
      boolean failed,
      String... throttles) {
    return new GpuLibrary.Gpu(
        0,
        "NVIDIA H100 80GB HBM3",
        Optional.of(persistence),
        Optional.of(ecc),
        Optional.of(eccLater),
        OptionalLong.of(uncorrected),
        Optional.of(pending),
        Optional.of(failed),
        List.of(throttles));
  }

  static Observed.Key key(boolean closed, boolean owned) {
    return new Observed.Key(true, closed, owned);
  }

  static Observed.HomeState home(
      long free, boolean writable, boolean readOnly, Observed.Key key, Observed.Log log) {
    return new Observed.HomeState(
        "/var/lib/assay",
        true,
        writable,
        OptionalLong.of(free),
        OptionalLong.of(1L << 40),
        "ext4",
        readOnly,
        key,
        log);
  }
}
