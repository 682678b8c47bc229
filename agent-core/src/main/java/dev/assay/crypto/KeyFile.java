package dev.assay.crypto;

import com.sun.security.auth.module.UnixSystem;
import dev.assay.durable.DurableFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A party's private key on disk: PKCS #8 in PEM, encrypted if there is a passphrase, readable by
 * its owner alone. {@code openssl pkey -in key.pem} reads it.
 */
public final class KeyFile {
  private static final int MAX_BYTES = 16 << 10;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  /**
   * Reads the key in {@code file}.
   *
   * @param passphrase needed if the file is encrypted, and not looked at if it is not
   * @throws KeyFileException if the file is missing, damaged, open to others or encrypted with
   *     another passphrase
   * @throws IOException if the disk fails
   */
  public static SigningKey load(Path file, Optional<char[]> passphrase) throws IOException {
    return load(file, passphrase, new UnixSystem().getUid());
  }

  static SigningKey load(Path file, Optional<char[]> passphrase, long user) throws IOException {
    refuseIfOpenToOthers(file, user);
    if (Files.size(file) > MAX_BYTES) {
      throw new KeyFileException(
          file + " is too large for a key file; give the file that holds the key.");
    }
    byte[] text = Files.readAllBytes(file);
    try {
      return KeyPem.read(text, passphrase);
    } catch (KeyPem.NoPassphrase e) {
      throw new KeyFileException(file + " is encrypted; give its passphrase.", e);
    } catch (KeyPem.WrongPassphrase e) {
      throw new KeyFileException(
          file
              + " does not open with this passphrase; give the right one, or if it is right,"
              + " restore the file from a backup.",
          e);
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(
          file
              + " is damaged: "
              + e.getMessage()
              + "; restore it from a backup, or move it away and make a new identity.",
          e);
    }
  }

  /**
   * Writes {@code key} to a new {@code file}; after this returns it survives a crash, and no crash
   * leaves half of it.
   *
   * @throws KeyFileException if there is a file already: a key is never overwritten
   * @throws IOException if the disk fails; then there is no such file
   */
  public static void create(
      Path file, SigningKey key, Optional<char[]> passphrase, SecureRandom random)
      throws IOException {
    try {
      DurableFile.create(file, KeyPem.write(key, passphrase, random));
    } catch (FileAlreadyExistsException e) {
      throw new KeyFileException(
          file + " exists already and is never overwritten; move it away first.", e);
    }
  }

  private static void refuseIfOpenToOthers(Path file, long user) throws IOException {
    Set<PosixFilePermission> permissions;
    long owner;
    try {
      permissions = Files.getPosixFilePermissions(file);
      owner = Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid"));
    } catch (NoSuchFileException e) {
      throw new KeyFileException(
          file + " does not exist; name the right file, or make a new identity.", e);
    }
    if (owner != user) {
      throw new KeyFileException(
          file
              + " belongs to user "
              + owner
              + ", who could read the key; take it over with chown "
              + user
              + ".");
    }
    if (!OWNERS.containsAll(permissions)) {
      throw new KeyFileException(
          file
              + " can be read or changed by other users; close it with chmod 600, and make a new"
              + " identity if someone may have read it.");
    }
  }
}
