package dev.assay.doctor;

import java.util.Arrays;
import java.util.Optional;

/**
 * Errors that NVIDIA's driver writes to the kernel's log, by their number. Meanings follow NVIDIA's
 * "Xid Errors" documentation (docs.nvidia.com/deploy/xid-errors).
 */
enum Xid {
  GRAPHICS_EXCEPTION(
      13, Severity.INFORMATION, "a program made the GPU do what it cannot", Cure.PROGRAM),
  PAGE_FAULT(31, Severity.INFORMATION, "a program used memory that was not its own", Cure.PROGRAM),
  PUSH_BUFFER(
      32, Severity.WARNING, "commands arrived damaged, over the bus or from a program", Cure.BUS),
  FIRMWARE(38, Severity.WARNING, "the driver's firmware failed", Cure.DRIVER),
  STOPPED(43, Severity.INFORMATION, "a program's work hung and was ended", Cure.PROGRAM),
  CLEANED_UP(45, Severity.INFORMATION, "work was ended because its program ended", Cure.PROGRAM),
  DOUBLE_BIT(48, Severity.FAILURE, "an error of memory could not be corrected", Cure.RESET),
  MICROCONTROLLER_BREAK(
      61, Severity.FAILURE, "the GPU's own controller stopped at a fault", Cure.RESET),
  MICROCONTROLLER_HALT(62, Severity.FAILURE, "the GPU's own controller halted", Cure.RESET),
  REMAPPED(63, Severity.WARNING, "broken memory is being replaced by spare memory", Cure.RESET),
  REMAP_FAILED(
      64, Severity.FAILURE, "broken memory could not be replaced by spare memory", Cure.REPLACE),
  VIDEO_DECODER(68, Severity.WARNING, "the video decoder failed", Cure.DRIVER),
  CLASS_ERROR(
      69, Severity.INFORMATION, "a program sent the GPU a command that it refused", Cure.PROGRAM),
  NVLINK(74, Severity.FAILURE, "an NVLink connection failed", Cure.BUS),
  OFF_THE_BUS(79, Severity.FAILURE, "the GPU has fallen off the bus", Cure.POWER),
  MANY_SINGLE_BITS(
      92, Severity.WARNING, "unusually many errors of memory were corrected", Cure.WATCH),
  CONTAINED(
      94, Severity.WARNING, "an error of memory ended the one program that it hit", Cure.RESET),
  UNCONTAINED(95, Severity.FAILURE, "an error of memory may have hit any program", Cure.RESET),
  SWITCH_TIMEOUT(
      109, Severity.WARNING, "the GPU did not switch between programs in time", Cure.DRIVER),
  FIRMWARE_TIMEOUT(119, Severity.FAILURE, "the GPU's system processor does not answer", Cure.POWER),
  FIRMWARE_ERROR(120, Severity.FAILURE, "the GPU's system processor failed", Cure.POWER),
  CHIP_LINK(121, Severity.WARNING, "the link between processor and GPU made errors", Cure.WATCH),
  UNRECOVERED(140, Severity.FAILURE, "an error of memory was not recovered from", Cure.RESET),
  INITIALISATION(143, Severity.FAILURE, "the GPU could not be initialised", Cure.POWER),
  RECOVERY(154, Severity.WARNING, "the driver asks for an action to recover the GPU", Cure.RESET);

  /** What an owner does. */
  private enum Cure {
    PROGRAM(
        "nothing here: it was the program that ran; if it happens with every program, test the memory with dcgmi diag -r 3"),
    DRIVER("update NVIDIA's driver; if it comes again, have the GPU checked"),
    RESET("stop all work on the GPU, then: sudo nvidia-smi --gpu-reset   or: sudo reboot"),
    BUS("sudo reboot; if it comes again, reseat the GPU, its risers and bridges"),
    POWER(
        "switch the host off and on; if it comes again, check power cables, cooling and the slot"),
    WATCH(
        "nvidia-smi -q -d ECC   now and then; have the GPU replaced when the counts keep growing"),
    REPLACE("have the GPU replaced by its maker");

    private final String sentence;

    Cure(String sentence) {
      this.sentence = sentence;
    }
  }

  private final int number;
  private final Severity severity;
  private final String meaning;
  private final Cure cure;

  Xid(int number, Severity severity, String meaning, Cure cure) {
    this.number = number;
    this.severity = severity;
    this.meaning = meaning;
    this.cure = cure;
  }

  /** The error of that number, if it is known here. */
  static Optional<Xid> of(int number) {
    return Arrays.stream(values()).filter(xid -> xid.number == number).findFirst();
  }

  Severity severity() {
    return severity;
  }

  String meaning() {
    return meaning;
  }

  String cure() {
    return cure.sentence;
  }
}
