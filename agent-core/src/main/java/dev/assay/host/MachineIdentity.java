package dev.assay.host;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** What tells this host and this run of its kernel apart from others (tokens.md §3). */
final class MachineIdentity {
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final RawHost raw;

  MachineIdentity(RawHost raw) {
    this.raw = raw;
  }

  Optional<String> ueid() {
    return machineId()
        .map(
            id -> {
              MessageDigest sha256 = sha256();
              sha256.update("assay.dev ueid v1\0".getBytes(StandardCharsets.US_ASCII));
              byte[] digest = sha256.digest(id.getBytes(StandardCharsets.US_ASCII));
              return BASE64URL.encodeToString(
                  ByteBuffer.allocate(33).put((byte) 1).put(digest).array());
            });
  }

  /** Firmware without an id of its own says all zeros or all ones: that is nobody's id. */
  private Optional<String> machineId() {
    return raw.text("etc/machine-id")
        .filter(id -> MACHINE_ID.matcher(id).matches())
        .or(
            () ->
                raw.text("sys/class/dmi/id/product_uuid")
                    .map(id -> id.toLowerCase(Locale.ROOT))
                    .filter(id -> UUID_TEXT.matcher(id).matches()))
        .filter(id -> !id.matches("[0-]+|[f-]+"));
  }

  Optional<String> bootSeed() {
    return raw.text("proc/sys/kernel/random/boot_id")
        .filter(id -> UUID_TEXT.matcher(id).matches())
        .map(UUID::fromString)
        .map(
            id ->
                BASE64URL.encodeToString(
                    ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array()));
  }

  OptionalLong uptimeSeconds() {
    return raw.text("proc/uptime")
        .map(text -> text.split(" ", 2)[0])
        .filter(seconds -> seconds.matches("[0-9]{1,12}(\\.[0-9]{1,9})?"))
        .map(seconds -> OptionalLong.of(new BigDecimal(seconds).longValue()))
        .orElse(OptionalLong.empty());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
