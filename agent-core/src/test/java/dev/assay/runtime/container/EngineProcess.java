package dev.assay.runtime.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One engine's daemon, with its state in a directory of its own. */
final class EngineProcess {
  /** Where both engines take images from without TLS. */
  static final int REGISTRY_PORT = 15_999;

  private static final String HOOK = "nvidia-container-runtime-hook";

  private final TestEngine engine;
  private final Path home;
  private Process process;

  private EngineProcess(TestEngine engine, Path home) {
    this.engine = engine;
    this.home = home;
  }

  static EngineProcess start(TestEngine engine) {
    try {
      String name = "assay-" + engine.name().toLowerCase(Locale.ROOT);
      EngineProcess started =
          new EngineProcess(engine, Files.createTempDirectory(Path.of("/tmp"), name));
      Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
      started.begin();
      started.run(engine.load(started.home, started.rootfs(started.home)));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Path socket() {
    return home.resolve("sock");
  }

  void restart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(home.resolve("sock"));
    begin();
  }

  byte[] saved(Path archive, String image) throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    run(engine.save(home, archive, image));
    return Files.readAllBytes(archive);
  }

  private void begin() throws IOException, InterruptedException {
    writeSettings();
    process = builder(engine.command(home)).start();
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        new EngineConnection(home.resolve("sock").toString()).close();
        return;
      } catch (EngineException e) {
        if (!process.isAlive() || System.nanoTime() > giveUp) {
          throw new IllegalStateException(
              engine + " does not start: " + Files.readString(home.resolve("log")), e);
        }
        Thread.sleep(20);
      }
    }
  }

  private void writeSettings() throws IOException {
    Files.writeString(
        home.resolve("containers.conf"),
        """
        [containers]
        default_ulimits = ["nofile=20000:20000", "nproc=8192:8192"]
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        """);
    // Docker hands devices to this hook of NVIDIA's, if it is in the path.
    Path hook = Files.createDirectories(home.resolve("bin")).resolve(HOOK);
    Files.writeString(hook, "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("registries.conf"),
        """
        [[registry]]
        location = "127.0.0.1:%d"
        insecure = true
        """
            .formatted(REGISTRY_PORT));
    Files.writeString(
        home.resolve("daemon.json"),
        """
        {"hosts": ["unix://%1$s/sock"], "data-root": "%1$s/root", "exec-root": "%1$s/run",
         "pidfile": "%1$s/pid", "bridge": "none", "iptables": false, "ip6tables": false,
         "ip-forward": false, "log-level": "warn"}
        """
            .formatted(home));
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", home.resolve("bin") + ":" + System.getenv("PATH"),
                "CONTAINERS_CONF", home.resolve("containers.conf").toString(),
                "CONTAINERS_REGISTRIES_CONF", home.resolve("registries.conf").toString()));
    return builder;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    if (builder(command).start().waitFor() != 0) {
      throw new IOException(command + " failed: " + Files.readString(home.resolve("log")));
    }
  }

  private Path rootfs(Path directory) throws IOException, InterruptedException {
    Path tar = directory.resolve("rootfs.tar");
    run(
        List.of(
            "sh",
            "-ec",
            """
            mkdir -p rootfs/bin rootfs/tmp rootfs/etc rootfs/data
            cp /bin/busybox rootfs/bin/
            for name in $(/bin/busybox --list); do
              [ "$name" = busybox ] || ln -s busybox "rootfs/bin/$name"
            done
            tar -C rootfs -cf "$0" .
            """,
            tar.toString()));
    return tar;
  }

  private void remove() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      new ProcessBuilder(
              "sh",
              "-c",
              "awk -v h=\"$0/\" 'index($2, h) == 1 {print $2}' /proc/mounts | sort -r |"
                  + " xargs -r umount -l; rm -rf \"$0\"",
              home.toString())
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      // What is left lies in /tmp.
    }
  }
}
