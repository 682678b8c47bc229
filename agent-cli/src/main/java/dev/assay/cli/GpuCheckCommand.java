package dev.assay.cli;

import dev.assay.benchmark.BenchmarkProgress;
import dev.assay.benchmark.Effort;
import dev.assay.benchmark.Repetition;
import dev.assay.cli.report.GpuCheckSection;
import dev.assay.durable.DurableFile;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.check.GpuCheck;
import dev.assay.gpu.check.GpuCheckResult;
import dev.assay.gpu.check.Sizes;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.proof.Hash32;
import dev.assay.proof.ProverException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay gpu-check}, for {@code packaging/gpu-check}. */
@Command(
    name = "gpu-check",
    hidden = true,
    description = {
      "Check a GPU from end to end: every kernel against the processors, every proof at full size"
          + " with verification, all benchmarks. Prints the section of docs/measurements.md.",
      "It takes all of the GPU's memory for some seconds."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  packaging/gpu-check", "  packaging/gpu-check --device cuda:1 --out measured.md"})
final class GpuCheckCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--device",
      paramLabel = "ID",
      defaultValue = "cuda:0",
      description = "Which GPU. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--tiny",
      description = "Little work, to try the check itself; figures say nothing.")
  private boolean tiny;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the section to a file too.")
  private Optional<Path> file = Optional.empty();

  GpuCheckCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call()
      throws IOException, InterruptedException, CommandException, ProverException {
    GpuCheckResult result = check(chosen());
    String section =
        GpuCheckSection.of(
            result, cli.clock().instant(), "packaging/gpu-check" + (tiny ? " --tiny" : ""));
    if (file.isPresent()) {
      DurableFile.replace(file.get(), section.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    }
    cli.out().print(section);
    return result.holds() ? ExitCode.OK : ExitCode.FAILED;
  }

  private CudaDevice chosen() throws InterruptedException, CommandException {
    DriverState driver = Driver.open();
    return driver.usable().stream()
        .filter(usable -> usable.id().equals(device))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.unavailable(
                    "There is no " + device + " to check. " + driver.sentence()));
  }

  private GpuCheckResult check(CudaDevice chosen)
      throws InterruptedException, CommandException, ProverException {
    SecureRandom random = new SecureRandom();
    GpuCheck check =
        new GpuCheck(
            chosen,
            Catalog.load(),
            tiny ? Sizes.TINY : Sizes.FULL,
            () -> {
              byte[] bytes = new byte[Hash32.BYTES];
              random.nextBytes(bytes);
              return Hash32.of(bytes);
            },
            System::nanoTime,
            stage -> cli.err().println(chosen.id() + ": " + stage + " ..."));
    Repetition repetition =
        new Repetition(tiny ? Effort.TINY : Effort.FULL, System::nanoTime, BenchmarkProgress.NONE);
    try {
      return check.run(repetition);
    } catch (CudaException e) {
      throw CommandException.unavailable(e.getMessage() + ".");
    }
  }
}
