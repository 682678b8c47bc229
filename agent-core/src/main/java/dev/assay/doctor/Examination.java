package dev.assay.doctor;

import dev.assay.crypto.PublicKey;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.wire.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a host, in some seconds at most; what cannot be read is told as such. */
public final class Examination {
  private static final Pattern MODULE_VERSION =
      Pattern.compile("Kernel Module\\s+(?:for \\S+\\s+)?([0-9]+(?:\\.[0-9]+)+)");
  private static final List<String> ENGINES = List.of("docker", "podman", "containerd");
  private static final Duration NETWORK = Duration.ofSeconds(5);
  private static final int MAX_FILE = 1 << 20;

  private final Path root;
  private final Commands commands;
  private final Supplier<GpuLibrary> library;

  /**
   * @param root of the host's file system
   * @param library asks the driver's library anew
   */
  public Examination(Path root, Commands commands, Supplier<GpuLibrary> library) {
    this.root = root;
    this.commands = commands;
    this.library = library;
  }

  /**
   * Whom the node has joined.
   *
   * @param unreadable why that cannot be read, if so
   */
  public record Joined(
      Optional<Address> address, Optional<PublicKey> key, Optional<String> unreadable) {
    /** Nobody. */
    public static final Joined NOBODY =
        new Joined(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Reads everything. */
  public Observed observe(PlatformFacts facts, HomeExamination home, Joined joined) {
    return new Observed(
        driver(),
        library.get(),
        kernelLog(),
        containers(),
        clock(),
        home.observe(text("proc/self/mountinfo").orElse("")),
        writableControllers(facts),
        reach(joined));
  }

  private static Reach reach(Joined joined) {
    if (joined.unreadable.isPresent()) {
      return new Reach.Unreadable(joined.unreadable.get());
    }
    if (joined.address.isEmpty() || joined.key.isEmpty()) {
      return new Reach.NotJoined();
    }
    return CoordinatorReach.of(joined.address.get(), joined.key.get().id(), NETWORK);
  }

  private Observed.Driver driver() {
    Set<String> modules =
        text("proc/modules")
            .map(t -> t.lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet()))
            .orElse(Set.of());
    return new Observed.Driver(
        distribution(),
        text("proc/driver/nvidia/version").map(Examination::moduleVersion),
        modules,
        pciGpus(),
        nodes());
  }

  private String distribution() {
    String release = text("etc/os-release").or(() -> text("usr/lib/os-release")).orElse("");
    Matcher matcher = Pattern.compile("(?m)^ID(?:_LIKE)?=\"?([^\"\\n]*)\"?$").matcher(release);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return String.join(" ", found);
  }

  private static String moduleVersion(String text) {
    Matcher matcher = MODULE_VERSION.matcher(text);
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  /** Display and 3D controllers of NVIDIA's, class 0x03, vendor 0x10de. */
  private List<String> pciGpus() {
    List<String> found = new ArrayList<>();
    for (Path device : children("sys/bus/pci/devices")) {
      if (read(device.resolve("vendor")).orElse("").equals("0x10de")
          && read(device.resolve("class")).orElse("").startsWith("0x03")) {
        Path driver = device.resolve("driver");
        found.add(
            Files.exists(driver)
                ? read(driver.resolve("module/name")).or(() -> linkName(driver)).orElse("unknown")
                : "none");
      }
    }
    return found;
  }

  private static Optional<String> linkName(Path link) {
    try {
      return Optional.of(link.toRealPath().getFileName().toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<Observed.Node> nodes() {
    List<Observed.Node> nodes = new ArrayList<>();
    for (Path node : children("dev")) {
      String name = node.getFileName().toString();
      if (name.matches("nvidia([0-9]+|ctl|-uvm)")) {
        nodes.add(node(name, node));
      }
    }
    return nodes;
  }

  private static Observed.Node node(String name, Path node) {
    boolean usable = Files.isReadable(node) && Files.isWritable(node);
    try {
      PosixFileAttributes attributes = Files.readAttributes(node, PosixFileAttributes.class);
      return new Observed.Node(
          name,
          usable,
          attributes.group().getName(),
          attributes
              .permissions()
              .containsAll(
                  Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE)));
    } catch (IOException e) {
      return new Observed.Node(name, usable, "", false);
    }
  }

  /** Both tools need rights that not every user has; whichever may, tells. */
  private Observed.KernelLog kernelLog() {
    Commands.Output direct = commands.run("dmesg");
    Optional<String> text = direct.good();
    if (text.isEmpty()) {
      text =
          commands
              .run("journalctl", "--dmesg", "--boot", "--no-pager", "--quiet", "--output=cat")
              .good()
              .filter(found -> !found.isEmpty());
    }
    String reason =
        switch (direct) {
          case Commands.Output.Ran ran -> ran.text().lines().findFirst().orElse("dmesg failed");
          case Commands.Output.Missing none -> "there is neither dmesg nor journalctl";
          case Commands.Output.Failed failed -> failed.reason();
        };
    return new Observed.KernelLog(text, text.isPresent() ? "" : reason);
  }

  private Observed.Containers containers() {
    List<String> engines =
        ENGINES.stream()
            .filter(
                engine ->
                    commands.run(engine, "--version") instanceof Commands.Output.Ran ran
                        && ran.exitCode() == 0)
            .toList();
    List<String> deviceFiles = new ArrayList<>();
    for (String place : List.of("etc/cdi", "var/run/cdi", "run/cdi")) {
      for (Path file : children(place)) {
        if (file.getFileName().toString().matches(".*\\.(yaml|yml|json)")) {
          read(file).ifPresent(deviceFiles::add);
        }
      }
    }
    return new Observed.Containers(
        engines,
        commands
            .run("nvidia-ctk", "--version")
            .good()
            .map(
                text ->
                    text.lines().findFirst().orElse("").replaceAll("[^0-9.]*([0-9.]+).*", "$1")),
        deviceFiles);
  }

  private Observed.Clock clock() {
    Optional<String> systemd =
        commands.run("timedatectl", "show", "--property=NTPSynchronized", "--value").good();
    if (systemd.filter(text -> text.matches("yes|no")).isPresent()) {
      return new Observed.Clock(systemd.map("yes"::equals), "timedatectl");
    }
    Optional<String> chrony = commands.run("chronyc", "tracking").good();
    if (chrony.isPresent()) {
      return new Observed.Clock(
          chrony.map(text -> text.matches("(?s).*Leap status\\s*: (Normal|Insert|Delete).*")),
          "chronyc");
    }
    return Files.exists(root.resolve("run/systemd/timesync/synchronized"))
        ? new Observed.Clock(Optional.of(true), "systemd-timesyncd")
        : new Observed.Clock(Optional.empty(), "");
  }

  private static Set<String> writableControllers(PlatformFacts facts) {
    return facts
        .component("cgroup")
        .map(group -> group.facts().get("writableControllers"))
        .filter(Reading.Texts.class::isInstance)
        .map(reading -> (Set<String>) new TreeSet<>(((Reading.Texts) reading).values()))
        .orElse(Set.of());
  }

  private List<Path> children(String directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(directory))) {
      children.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  private Optional<String> text(String file) {
    return read(root.resolve(file));
  }

  private static Optional<String> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
