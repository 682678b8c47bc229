package dev.assay.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner's terms, held against a clock and the files of a host. */
class OwnerConsentTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path root;

  @BeforeEach
  void host() throws Exception {
    Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(root.resolve("dev/pts"));
    Files.writeString(root.resolve("proc/loadavg"), "0.75 4.00 8.00 1/345 6789\n");
    terminal("dev/tty", NOON);
    terminal("dev/pts/ptmx", NOON);
    terminal("dev/tty1", NOON.minus(Duration.ofHours(3)));
    terminal("dev/pts/0", NOON.minus(Duration.ofMinutes(20)));
  }

  private void terminal(String name, Instant read) throws Exception {
    Path file = root.resolve(name);
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    Files.setAttribute(file, "lastAccessTime", FileTime.from(read));
  }

  private Optional<Refusal> refusal(OwnerTerms terms) {
    return new OwnerConsent(
            terms, new LinuxActivity(root), () -> NOON, ZoneId.of("America/New_York"))
        .refusal();
  }

  private static OwnerTerms hours(String window) {
    return new OwnerTerms(
        new Hours(List.of(Hours.window(window).orElseThrow())),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static OwnerTerms load(long most) {
    return new OwnerTerms(Hours.ALWAYS, OptionalLong.of(most), Optional.empty(), Optional.empty());
  }

  private static OwnerTerms quiet(Duration least) {
    return new OwnerTerms(Hours.ALWAYS, OptionalLong.empty(), Optional.of(least), Optional.empty());
  }

  @Test
  void withoutTermsAnythingMayBegin() {
    assertThat(refusal(OwnerTerms.DEFAULT)).isEmpty();
  }

  @Test
  void hoursAreThoseOfTheClockOnTheOwnersWall() {
    assertThat(refusal(hours("Mon 06:30-07:30"))).isEmpty();
    assertThat(refusal(hours("Mon 12:00-13:00")))
        .contains(
            new Refusal(
                "owner.hours",
                "the owner of this host lets work begin at Mon 12:00-13:00, and here it is Mon 07:00"));
  }

  @Test
  void theLoadIsThatOfTheLastMinute() {
    assertThat(refusal(load(750))).isEmpty();
    assertThat(refusal(load(500)))
        .contains(
            new Refusal(
                "owner.idle-load",
                "the load average of this host's last minute is 0.75, and its owner lets work begin up"
                    + " to 0.5"));
  }

  @Test
  void whoTypedAtATerminalUsesTheHost() throws Exception {
    assertThat(refusal(quiet(Duration.ofMinutes(20)))).isEmpty();
    assertThat(refusal(quiet(Duration.ofMinutes(21))))
        .contains(
            new Refusal(
                "owner.idle-input",
                "somebody used a terminal of this host within the last 1260 seconds"));
    terminal("dev/ttyS0", NOON.minusSeconds(9));
    assertThat(refusal(quiet(Duration.ofSeconds(10)))).isPresent();
    assertThat(refusal(quiet(Duration.ofSeconds(9)))).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredIsNotMet() throws Exception {
    Files.writeString(root.resolve("proc/loadavg"), "a lot");
    assertThat(refusal(load(1_000_000)).orElseThrow().reason())
        .isEqualTo("this host's load cannot be measured: /proc/loadavg reads 'a lot'");
    Files.delete(root.resolve("proc/loadavg"));
    assertThat(refusal(load(1_000_000)).orElseThrow().setting()).isEqualTo("owner.idle-load");
  }

  @Test
  void thisHostItselfCanBeMeasured() throws Exception {
    LinuxActivity here = new LinuxActivity(Path.of("/"));
    assertThat(here.milliLoad()).isNotNegative();
    assertThat(here.lastInput()).isNotNull();
  }
}
