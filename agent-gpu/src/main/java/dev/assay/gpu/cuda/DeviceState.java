package dev.assay.gpu.cuda;

/** Whether a device that the driver lists can be used. */
public sealed interface DeviceState {
  /** The driver's number of the device. */
  int ordinal();

  /** One sentence for people: what the device is, or why it cannot be used and what to do. */
  String sentence();

  /** It can. */
  record Usable(CudaDevice device) implements DeviceState {
    @Override
    public int ordinal() {
      return device.facts().ordinal();
    }

    @Override
    public String sentence() {
      DeviceFacts facts = device.facts();
      return "%s is a %s of compute capability %s."
          .formatted(facts.id(), facts.name(), facts.capability());
    }
  }

  /** There are no kernels for its generation. */
  record Unsupported(DeviceFacts facts) implements DeviceState {
    @Override
    public int ordinal() {
      return facts.ordinal();
    }

    @Override
    public String sentence() {
      return "%s is a %s of compute capability %s; Assay supports %s and later, so it is not used."
          .formatted(facts.id(), facts.name(), facts.capability(), ComputeCapability.OLDEST);
    }
  }

  /** The driver lists it and does not describe it. */
  record Unreadable(int ordinal, CudaException why) implements DeviceState {
    @Override
    public String sentence() {
      return why.getMessage() + ".";
    }
  }
}
