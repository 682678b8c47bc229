package dev.assay.cli;

import dev.assay.daemon.PinnedCoordinator;
import dev.assay.doctor.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that this host, its users and its coordinator go by. */
final class HostNames {
  private static final int FIRST_PERSON = 1000;

  private HostNames() {}

  static Redaction redaction(Home home, Map<String, String> environment) {
    List<String> hosts = new ArrayList<>();
    hosts.addAll(lines(Path.of("/etc/hostname")));
    hosts.addAll(lines(Path.of("/proc/sys/kernel/hostname")));
    Optional.ofNullable(environment.get("HOSTNAME")).ifPresent(hosts::add);
    // A full name is made of names that stand alone elsewhere.
    hosts.addAll(hosts.stream().map(name -> name.split("\\.", 2)[0]).toList());
    hosts.addAll(coordinator(home));
    List<String> users = new ArrayList<>(people());
    users.add(System.getProperty("user.name"));
    for (String variable : List.of("USER", "LOGNAME", "SUDO_USER")) {
      Optional.ofNullable(environment.get(variable)).ifPresent(users::add);
    }
    List<String> places = List.of(home.directory().toString(), System.getProperty("user.home"));
    return Redaction.of(hosts, users, places);
  }

  private static List<String> coordinator(Home home) {
    try {
      return PinnedCoordinator.read(home.coordinator())
          .map(pinned -> List.of(pinned.address().host(), pinned.name()))
          .orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> people() {
    return lines(Path.of("/etc/passwd")).stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2 && fields[2].matches("[0-9]{1,9}"))
        .filter(fields -> Integer.parseInt(fields[2]) >= FIRST_PERSON)
        .map(fields -> fields[0])
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
