package dev.assay.wire;

import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What an owner carries from the coordinator to a new node: where it is, whom to expect there, and
 * a secret that enrols one key once.
 *
 * <p>As text it is {@code assay-join-} and base64url of: 1 byte version (1), 8 bytes expiry in
 * seconds since 1970 (big-endian), 32 bytes SHA-256 of the coordinator's key id's JWK, 32 bytes
 * secret, the address in ASCII, and the first 8 bytes of the SHA-256 of all that.
 *
 * @param expiry after this the coordinator refuses the secret; whole seconds
 */
public record JoinToken(Address address, KeyId coordinator, Secret secret, Instant expiry) {
  private static final String PREFIX = "assay-join-";
  private static final byte VERSION = 1;
  private static final int CHECKSUM = 8;
  private static final int MAX_LENGTH = 600;

  /** Drops fractions of the expiry's second, which the text cannot carry. */
  public JoinToken {
    expiry = Instant.ofEpochSecond(expiry.getEpochSecond());
  }

  /**
   * Reads a token's text; white space around it is ignored.
   *
   * @throws IllegalArgumentException if it is none, or was altered or cut on the way
   */
  public static JoinToken parse(String text) {
    String token = text.strip();
    if (!token.startsWith(PREFIX) || token.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("this is not a join token: one begins with " + PREFIX);
    }
    byte[] body = body(token.substring(PREFIX.length()));
    if (body[0] != VERSION) {
      throw new IllegalArgumentException(
          "this join token is of version " + body[0] + ", this software reads version " + VERSION);
    }
    try {
      return read(ByteBuffer.wrap(body, 1, body.length - 1));
    } catch (IllegalArgumentException | BufferUnderflowException | DateTimeException e) {
      throw altered(e);
    }
  }

  /** Whether the coordinator will refuse it as too old at {@code now}. */
  public boolean isExpired(Instant now) {
    return now.isAfter(expiry);
  }

  /** The text that {@link #parse} reads. It holds the secret. */
  public String text() {
    byte[] place = address.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] body =
        ByteBuffer.allocate(1 + Long.BYTES + Digest.LENGTH + Secret.SIZE + place.length)
            .put(VERSION)
            .putLong(expiry.getEpochSecond())
            .put(Base64Url.decode(coordinator.value(), Digest.LENGTH))
            .put(secret.bytes())
            .put(place)
            .array();
    byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM);
    System.arraycopy(checksum(body, body.length), 0, whole, body.length, CHECKSUM);
    return PREFIX + Base64Url.encode(whole);
  }

  private static JoinToken read(ByteBuffer in) {
    Instant expiry = Instant.ofEpochSecond(in.getLong());
    byte[] id = new byte[Digest.LENGTH];
    in.get(id);
    byte[] secret = new byte[Secret.SIZE];
    in.get(secret);
    byte[] place = new byte[in.remaining()];
    in.get(place);
    return new JoinToken(
        Address.parse(new String(place, StandardCharsets.US_ASCII)),
        new KeyId(Base64Url.encode(id)),
        Secret.of(secret),
        expiry);
  }

  /** What the checksum covers, at least one byte. */
  private static byte[] body(String text) {
    byte[] bytes;
    try {
      bytes = Base64Url.decode(text);
    } catch (IllegalArgumentException e) {
      throw altered(e);
    }
    int end = bytes.length - CHECKSUM;
    if (end < 1
        || !Arrays.equals(checksum(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw altered(null);
    }
    return Arrays.copyOf(bytes, end);
  }

  private static byte[] checksum(byte[] bytes, int end) {
    byte[] digest = Digest.of(Arrays.copyOf(bytes, end)).bytes();
    return Arrays.copyOf(digest, CHECKSUM);
  }

  private static IllegalArgumentException altered(Throwable cause) {
    return new IllegalArgumentException(
        "this join token was altered or cut short: copy it again, whole", cause);
  }
}
