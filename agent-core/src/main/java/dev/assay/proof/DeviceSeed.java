package dev.assay.proof;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What all work of one proof depends on: no other node, device, nonce or parameters have it
 * (proofs.md §1).
 */
public record DeviceSeed(Hash32 value) {
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final byte[] ZERO = {0};

  /**
   * Derives it.
   *
   * @param keyId the node's key id, 43 characters
   * @param deviceId as in {@code cpu:0}
   */
  public static DeviceSeed of(Hash32 nonce, String keyId, String deviceId, Proof proof) {
    if (!KEY_ID.matcher(keyId).matches()) {
      throw new IllegalArgumentException("not a key id of 43 characters: " + keyId);
    }
    if (!isDeviceId(deviceId)) {
      throw new IllegalArgumentException(
          "a device id is 1 to 64 of A-Z a-z 0-9 . _ : - but this is " + deviceId);
    }
    return new DeviceSeed(
        Context.DEVICE_SEED.derive(
            nonce.bytes(), ascii(keyId), ZERO, ascii(deviceId), ZERO, ascii(proof.parameters())));
  }

  /** Whether the text has the form of a device id. */
  public static boolean isDeviceId(String text) {
    return DEVICE_ID.matcher(text).matches();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
