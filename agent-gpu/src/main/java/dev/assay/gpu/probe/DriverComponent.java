package dev.assay.gpu.probe;

import static dev.assay.gpu.probe.Readings.text;

import dev.assay.gpu.cuda.DeviceFacts;
import dev.assay.gpu.cuda.DriverVersion;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.FactSheet;
import dev.assay.host.RawHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVIDIA's driver: kernel module, libraries, and how many devices each of them sees. */
final class DriverComponent {
  static final String ID = "driver:nvidia";

  private static final Pattern VERSION = Pattern.compile("[0-9]{3,}(?:\\.[0-9]+)+");

  private final RawGpus raw;
  private final RawHost files;
  private final List<Conflict> conflicts;
  private final FactSheet sheet;

  DriverComponent(RawGpus raw, List<Conflict> conflicts) {
    this.raw = raw;
    this.files = raw.files();
    this.conflicts = conflicts;
    this.sheet = new FactSheet(ID, Component.Kind.DRIVER, conflicts);
  }

  /** Nothing, if there is no trace of a driver. */
  Optional<Component> describe() {
    boolean trace =
        moduleVersion().isPresent()
            || procVersion().isPresent()
            || raw.nvml().unavailable().isEmpty()
            || raw.cuda().version().isPresent()
            || !LoadedLibrary.of(files, LoadedLibrary.CUDA).isEmpty();
    if (!trace) {
      return Optional.empty();
    }
    versions();
    counts();
    distinct("distinctUuids", DeviceFacts::uuid, d -> d.identity().uuid().optional());
    distinct(
        "distinctPciAddresses",
        DeviceFacts::pciBusId,
        d -> d.identity().pci().optional().map(NvmlDevice.Pci::address));
    new LibraryFacts(files, "cudaLibrary", LoadedLibrary.CUDA).putInto(sheet);
    new LibraryFacts(files, "nvmlLibrary", LoadedLibrary.NVML).putInto(sheet);
    loader();
    return Optional.of(sheet.component());
  }

  private Optional<String> moduleVersion() {
    return files.text("sys/module/nvidia/version");
  }

  private Optional<String> procVersion() {
    Matcher matcher = VERSION.matcher(files.text("proc/driver/nvidia/version").orElse(""));
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** The module and both libraries come in one package, and have its version. */
  private void versions() {
    sheet
        .put(
            "version",
            FactSheet.text(moduleVersion(), Source.SYSFS),
            FactSheet.text(procVersion(), Source.PROCFS),
            text(raw.nvml().system().driverVersion()),
            versionOfFile(LoadedLibrary.CUDA),
            versionOfFile(LoadedLibrary.NVML))
        .put("nvmlVersion", text(raw.nvml().system().nvmlVersion()))
        .put(
            "cudaVersion",
            raw.cuda().version().isPresent()
                ? Readings.cuda(new DriverVersion(raw.cuda().version().getAsInt()).toString())
                : FactSheet.notMeasured(why(), Source.CUDA),
            text(
                raw.nvml()
                    .system()
                    .cudaVersion()
                    .map(version -> new DriverVersion(version).toString())));
    files
        .text("proc/driver/nvidia/version")
        .ifPresent(
            text ->
                sheet.put(
                    "openKernelModule",
                    new Reading.Flag(text.contains("Open Kernel Module"), Source.PROCFS)));
  }

  private Reading versionOfFile(String library) {
    return FactSheet.text(
        LoadedLibrary.of(files, library).stream()
            .flatMap(loaded -> loaded.version().stream())
            .findFirst(),
        Source.FILE);
  }

  private String why() {
    return raw.cuda().unavailable().orElse("the driver does not say");
  }

  /** Fewer devices than adapters are usual in a container; more are not. */
  private void counts() {
    Reading cuda =
        raw.cuda().unavailable().isEmpty()
            ? Readings.cuda(raw.cuda().count())
            : FactSheet.notMeasured(why(), Source.CUDA);
    Reading nvml = Readings.amount(raw.nvml().system().deviceCount().map(Integer::longValue));
    Reading adapters =
        FactSheet.amount(
            PciFunctions.listed(files)
                ? OptionalLong.of(PciFunctions.of(files).size())
                : OptionalLong.empty(),
            Source.SYSFS);
    sheet.put("cudaDevices", cuda).put("nvmlDevices", nvml).put("pciAdapters", adapters);
    if (more(cuda, adapters) || more(nvml, adapters) || more(cuda, nvml)) {
      List<Reading> readings =
          List.of(cuda, nvml, adapters).stream().filter(Reading.Amount.class::isInstance).toList();
      conflicts.add(new Conflict(ID, "devices", readings));
    }
    if (!raw.cuda().unusable().isEmpty()) {
      sheet.put("unusableDevices", FactSheet.texts(raw.cuda().unusable(), Source.CUDA));
    }
  }

  private static boolean more(Reading left, Reading right) {
    return left instanceof Reading.Amount(long a, Source s)
        && right instanceof Reading.Amount(long b, Source t)
        && a > b;
  }

  /** As many as there are devices, unless one answers as two. */
  private void distinct(
      String name,
      Function<DeviceFacts, String> ofCuda,
      Function<NvmlDevice, Optional<String>> ofNvml) {
    List<String> inCuda =
        raw.cuda().devices().stream().map(gpu -> ofCuda.apply(gpu.facts())).toList();
    List<String> inNvml =
        raw.nvml().devices().stream().flatMap(d -> ofNvml.apply(d).stream()).toList();
    List<Reading> readings = new ArrayList<>();
    readings.addAll(counted(inCuda, Source.CUDA));
    readings.addAll(counted(inNvml, Source.NVML));
    if (!readings.isEmpty()) {
      conflicts.add(new Conflict(ID, name, readings));
    }
  }

  /** How many there are and how many of them differ, if those are not the same. */
  private static List<Reading> counted(List<String> identities, Source source) {
    long different = identities.stream().distinct().count();
    return different == identities.size()
        ? List.of()
        : List.of(
            new Reading.Amount(identities.size(), source), new Reading.Amount(different, source));
  }

  /** Names of files and directories that the linker is told to prefer; none is usual. */
  private void loader() {
    sheet
        .put("preload", FactSheet.texts(fileNames(raw.loader().preload()), Source.JVM))
        .put(
            "preloadFile",
            FactSheet.texts(fileNames(files.text("etc/ld.so.preload").orElse("")), Source.FILE))
        .put(
            "libraryPath",
            FactSheet.texts(
                words(raw.loader().libraryPath(), ":").stream()
                    .map(LoadedLibrary::withoutPerson)
                    .toList(),
                Source.JVM));
  }

  private static List<String> fileNames(String list) {
    return words(list, "[:\\s]+").stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  private static List<String> words(String list, String separator) {
    return Arrays.stream(list.split(separator, -1)).filter(word -> !word.isBlank()).toList();
  }
}
