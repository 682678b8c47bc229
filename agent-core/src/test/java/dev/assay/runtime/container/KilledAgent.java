package dev.assay.runtime.container;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** An agent that starts one container and waits to be killed. */
final class KilledAgent {
  static final JobSpec SPEC =
      ContainerJobs.sh("i=0; while [ $i -lt 20 ]; do echo $i; i=$((i+1)); sleep 0.1; done; exit 9");

  private KilledAgent() {}

  public static void main(String[] args) throws InterruptedException {
    ContainerRuntime runtime =
        ContainerRuntime.open(
            args[1],
            ContainerJobs.POLICY,
            Optional.of(Path.of(args[0])),
            Optional.empty(),
            Map.of(),
            InstantSource.system());
    runtime.start(new JobId("killed"), SPEC, Path.of(args[2]));
    Thread.sleep(60_000);
  }
}
