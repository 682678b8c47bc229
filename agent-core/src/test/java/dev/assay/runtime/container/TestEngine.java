package dev.assay.runtime.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The distribution's engines, each started once for all tests, with its state in a directory of its
 * own and an image {@code localhost/busybox:1} made of a static busybox. They touch no network of
 * the host and are gone with the tests.
 */
enum TestEngine {
  PODMAN {
    @Override
    List<String> command(Path home) {
      return podman(home, "system", "service", "--time", "0", "unix://" + home.resolve("sock"));
    }

    @Override
    List<String> save(Path home, Path archive, String image) {
      return podman(home, "save", "--format", "docker-archive", "-o", archive.toString(), image);
    }

    @Override
    List<String> load(Path home, Path rootfs) {
      return podman(home, "import", rootfs.toString(), IMAGE);
    }

    private static List<String> podman(Path home, String... rest) {
      List<String> command = new ArrayList<>(List.of("podman"));
      command.addAll(List.of("--root", home.resolve("root").toString()));
      command.addAll(List.of("--runroot", home.resolve("run").toString()));
      command.addAll(List.of(rest));
      return command;
    }
  },
  DOCKER {
    @Override
    List<String> command(Path home) {
      return List.of("dockerd", "--config-file", home.resolve("daemon.json").toString());
    }

    @Override
    List<String> save(Path home, Path archive, String image) {
      return List.of(
          "/usr/bin/docker",
          "-H",
          "unix://" + home.resolve("sock"),
          "save",
          "-o",
          archive.toString(),
          image);
    }

    @Override
    List<String> load(Path home, Path rootfs) {
      return List.of(
          "/usr/bin/docker",
          "-H",
          "unix://" + home.resolve("sock"),
          "import",
          rootfs.toString(),
          IMAGE);
    }
  };

  static final String IMAGE = "localhost/busybox:1";

  private static final Map<TestEngine, EngineProcess> RUNNING = new EnumMap<>(TestEngine.class);

  abstract List<String> command(Path home);

  abstract List<String> save(Path home, Path archive, String image);

  abstract List<String> load(Path home, Path rootfs);

  /** The socket of the running engine, started if it is not. */
  Path socket() {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(this, EngineProcess::start).socket();
    }
  }

  /** The file system that the image is made of, as a tar archive. */
  Path rootfs() {
    return socket().resolveSibling("rootfs.tar");
  }

  /** What the engine's own program writes of an image that it has. */
  byte[] saved(String image) throws IOException, InterruptedException {
    Path socket = socket();
    synchronized (RUNNING) {
      return RUNNING.get(this).saved(socket.resolveSibling("saved.tar"), image);
    }
  }

  /** Ends the engine's own process, as when it is upgraded, and starts it again. */
  void restart() throws IOException, InterruptedException {
    synchronized (RUNNING) {
      RUNNING.get(this).restart();
    }
  }
}
