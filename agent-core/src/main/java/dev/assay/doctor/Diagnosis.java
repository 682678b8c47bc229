package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;

/** Judges what was read: nothing here touches the host. */
public final class Diagnosis {
  private Diagnosis() {}

  /** The lines, from the hardware outwards. */
  public static List<Line> of(Observed observed) {
    List<Line> lines = new ArrayList<>();
    lines.addAll(DriverCheck.of(observed));
    lines.addAll(GpuCheck.of(observed.library()));
    lines.addAll(KernelLogCheck.of(observed));
    lines.add(ContainerCheck.of(observed));
    lines.add(SystemCheck.clock(observed.clock()));
    lines.add(SystemCheck.controlGroups(observed.writableControllers()));
    lines.addAll(HomeCheck.of(observed.home()));
    lines.add(NetworkCheck.of(observed.coordinator()));
    return List.copyOf(lines);
  }

  /** Whether nothing needs mending before this host can work. */
  public static boolean holds(List<Line> lines) {
    return lines.stream().noneMatch(line -> line.severity() == Severity.FAILURE);
  }
}
