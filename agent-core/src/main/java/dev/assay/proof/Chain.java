package dev.assay.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * One worker's chain of SHA-256: each value is the hash of the one before and the worker's salt
 * (proofs.md §4). Not safe for use by several threads.
 */
public final class Chain {
  private static final int SALT_BYTES = 16;

  /** The present value, then the salt: what the next step hashes. */
  private final byte[] input = new byte[Hash32.BYTES + SALT_BYTES];

  private Chain(Hash32 start, Hash32 salt) {
    restart(start.bytes());
    System.arraycopy(salt.bytes(), 0, input, Hash32.BYTES, SALT_BYTES);
  }

  /** The chain of worker {@code worker}, at its start. */
  public static Chain of(DeviceSeed seed, int worker) {
    byte[] number = new byte[Integer.BYTES];
    Words.put(number, 0, worker);
    byte[] own = seed.value().bytes();
    return new Chain(
        Context.CHAIN_START.derive(own, number), Context.CHAIN_SALT.derive(own, number));
  }

  /** Goes {@code steps} further. */
  public void run(long steps) {
    // A new one each time: the JDK's goes on clearing a scratch array at every hash if it was used
    // before its compression was compiled.
    MessageDigest sha256 = sha256();
    try {
      for (long i = 0; i < steps; i++) {
        sha256.update(input);
        sha256.digest(input, 0, Hash32.BYTES);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("the JDK's SHA-256 does not fit in 32 bytes", e);
    }
  }

  /** A copy of the present value. */
  public byte[] value() {
    return Arrays.copyOf(input, Hash32.BYTES);
  }

  /** A copy of the salt. */
  public byte[] salt() {
    return Arrays.copyOfRange(input, Hash32.BYTES, input.length);
  }

  /** Goes on from another value, with the same salt. */
  void restart(byte[] value) {
    System.arraycopy(value, 0, input, 0, Hash32.BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
