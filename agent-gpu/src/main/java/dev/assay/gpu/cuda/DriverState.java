package dev.assay.gpu.cuda;

import java.util.List;

/** What the CUDA driver of this host offers. */
public sealed interface DriverState {
  /** One sentence for people: what there is, or why nothing and what to do about it. */
  String sentence();

  /** Devices that can be used, none if there are none. */
  default List<CudaDevice> usable() {
    return List.of();
  }

  /** There is none that could be loaded. */
  record NoDriver(String sentence) implements DriverState {}

  /** It is older than the kernels. */
  record TooOld(DriverVersion version) implements DriverState {
    @Override
    public String sentence() {
      return "The NVIDIA driver supports CUDA %s; Assay needs %s: install driver 525 or newer."
          .formatted(version, DriverVersion.OLDEST);
    }
  }

  /** It is there and lists no device. */
  record NoDevice(CudaException why) implements DriverState {
    @Override
    public String sentence() {
      return why.getMessage() + ".";
    }
  }

  /** It is there and does not work. */
  record Failed(CudaException why) implements DriverState {
    @Override
    public String sentence() {
      return why.getMessage() + ".";
    }
  }

  /** It works and lists these devices, at least one. */
  record Ready(DriverVersion version, List<DeviceState> devices) implements DriverState {
    public Ready {
      devices = List.copyOf(devices);
    }

    @Override
    public List<CudaDevice> usable() {
      return devices.stream()
          .filter(DeviceState.Usable.class::isInstance)
          .map(device -> ((DeviceState.Usable) device).device())
          .toList();
    }

    @Override
    public String sentence() {
      return "The NVIDIA driver supports CUDA %s and lists %d device%s."
          .formatted(version, devices.size(), devices.size() == 1 ? "" : "s");
    }
  }
}
