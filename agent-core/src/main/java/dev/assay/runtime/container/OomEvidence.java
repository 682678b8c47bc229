package dev.assay.runtime.container;

import dev.assay.runtime.Hierarchies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the kernel ended a process of a container because of its memory limit. Podman does not
 * say so everywhere; the kernel counts it in the container's control group, which goes away with
 * the container, and writes it to its log, which not everybody may read.
 */
final class OomEvidence {
  private static final int DMESG_SECONDS = 5;

  private final Optional<Path> counter;
  private boolean seen;

  private OomEvidence(Optional<Path> counter) {
    this.counter = counter;
  }

  /** Of the container whose first process is {@code pid}. */
  static OomEvidence of(long pid) {
    try {
      Hierarchies groups = Hierarchies.of(pid);
      Path memory = groups.byController().get("memory");
      return new OomEvidence(
          memory != null
              ? Optional.of(memory.resolve("memory.oom_control"))
              : groups.unified().map(group -> group.resolve("memory.events")));
    } catch (IOException e) {
      return none();
    }
  }

  /** Of a container that was not seen running. */
  static OomEvidence none() {
    return new OomEvidence(Optional.empty());
  }

  /** Looks while the container is there. */
  void look() {
    if (seen || counter.isEmpty()) {
      return;
    }
    try {
      seen =
          Files.readAllLines(counter.get()).stream()
              .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
    } catch (IOException e) {
      // The group is gone, and what it counted with it.
    }
  }

  /** What was seen, or else what the kernel's log says of the container. */
  boolean found(String container) {
    return seen || inKernelLog(container);
  }

  private static boolean inKernelLog(String container) {
    try {
      Process dmesg =
          new ProcessBuilder("dmesg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      dmesg.getOutputStream().close();
      String text = new String(dmesg.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      dmesg.waitFor(DMESG_SECONDS, TimeUnit.SECONDS);
      return text.lines()
          .anyMatch(line -> line.contains("CONSTRAINT_MEMCG") && line.contains(container));
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
