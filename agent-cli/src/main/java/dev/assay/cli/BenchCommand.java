package dev.assay.cli;

import dev.assay.benchmark.BenchmarkReport;
import dev.assay.benchmark.DeviceBench;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Effort;
import dev.assay.benchmark.Repetition;
import dev.assay.benchmark.host.HostBench;
import dev.assay.cli.report.BenchmarkJson;
import dev.assay.cli.report.BenchmarkPage;
import dev.assay.cli.report.BenchmarkTable;
import dev.assay.cli.report.ProgressLine;
import dev.assay.durable.DurableFile;
import dev.assay.hardware.Device;
import dev.assay.host.HostProbe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay bench}. */
@Command(
    name = "bench",
    description = {
      "Measure how fast this host is: memory, processors, a disk, and every GPU, each beside what"
          + " it should reach where that is known.",
      "Figures are medians of repeated runs. They are for you: nothing is logged or sent. Run it"
          + " while nothing else runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay bench                                  everything, in a minute or two",
      "  assay bench --device cpu:0 --disk /data      the host alone, with the disk below /data",
      "  assay bench --quick --html bench.html        a first look, also as a page with charts",
      "  assay bench --json | jq '.devices[].findings'"
    })
final class BenchCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Measure only this device; the host itself is cpu:0. Default: every one.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--disk",
      paramLabel = "DIR",
      description =
          "Measure the disk of this directory: with a file of at most 1 GiB and a tenth of the free"
              + " space, which is gone when the command ends, however it ends. Default: the home.")
  private Optional<Path> disk = Optional.empty();

  @Option(names = "--quick", description = "Spend a few seconds on it; figures are rougher.")
  private boolean quick;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with charts. An existing file is replaced.")
  private Optional<Path> html = Optional.empty();

  BenchCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    if (html.isPresent()) {
      refuseUnwritable(html.get());
    }
    if (disk.isPresent() && !Files.isDirectory(disk.get())) {
      throw CommandException.usage("--disk " + disk.get() + " is not a directory.");
    }
    BenchmarkReport report = measure(chosen());
    if (html.isPresent()) {
      DurableFile.replace(
          html.get(), BenchmarkPage.of(report).getBytes(StandardCharsets.UTF_8), "rw-r--r--");
      cli.err().println("The page is " + html.get() + ".");
    }
    cli.out().print(json ? BenchmarkJson.of(report) : BenchmarkTable.of(report, cli.style()));
    return report.devices().stream().allMatch(BenchCommand::hasFigures)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private static boolean hasFigures(DeviceResult device) {
    return device.figures().stream().anyMatch(figure -> figure.median().isPresent());
  }

  /** Before a minute is spent on measuring. */
  private static void refuseUnwritable(Path file) throws CommandException {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw CommandException.usage(
          "--html " + file + " cannot be written: name a file in a directory that this user owns.");
    }
  }

  private List<DeviceBench> chosen() throws CommandException, InterruptedException {
    List<DeviceBench> all = devices();
    if (device.isEmpty()) {
      return all;
    }
    List<DeviceBench> one = all.stream().filter(b -> b.device().equals(device.get())).toList();
    if (one.isEmpty()) {
      throw CommandException.usage(
          "There is no device %s to measure; there is %s."
              .formatted(
                  device.get(),
                  all.stream().map(DeviceBench::device).collect(Collectors.joining(", "))));
    }
    return one;
  }

  private List<DeviceBench> devices() throws InterruptedException {
    List<DeviceBench> devices = new ArrayList<>();
    Path directory = disk.orElseGet(() -> cli.home().directory());
    for (Device found : new HostProbe().probe().devices()) {
      if (found.id().equals("cpu:0")) {
        devices.add(new HostBench(found, directory.toAbsolutePath(), load()));
      }
    }
    GpuBenches gpus = GpuBenches.find();
    gpus.notes().forEach(cli.err()::println);
    devices.addAll(gpus.benches());
    return devices;
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private BenchmarkReport measure(List<DeviceBench> benches)
      throws IOException, InterruptedException {
    Instant started = cli.clock().instant();
    List<DeviceResult> results = new ArrayList<>();
    for (DeviceBench bench : benches) {
      try (Bar bar = new Bar(cli)) {
        results.add(
            bench.run(
                new Repetition(quick ? Effort.QUICK : Effort.FULL, System::nanoTime, bar::at)));
      }
    }
    return new BenchmarkReport(Version.text(), started, quick, results);
  }

  /** One bar for all runs on a device; what is being measured stands before it. */
  private static final class Bar implements AutoCloseable {
    private final Cli cli;
    private String title = "";
    private Optional<ProgressLine> line = Optional.empty();

    private Bar(Cli cli) {
      this.cli = cli;
    }

    private void at(String device, String next, int done, int total) {
      if (!next.equals(title)) {
        close();
        title = next;
        String what = "%s %-28s".formatted(device, next);
        line = Optional.of(new ProgressLine(cli.err(), cli.errorStyle(), what));
      }
      line.orElseThrow().at(done, total);
    }

    @Override
    public void close() {
      line.ifPresent(ProgressLine::close);
      line = Optional.empty();
    }
  }
}
