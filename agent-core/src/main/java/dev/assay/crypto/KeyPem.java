package dev.assay.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a key file: a line {@code Key id: ID} that PEM readers skip (RFC 7468 §2), then
 * {@code PRIVATE KEY} or {@code ENCRYPTED PRIVATE KEY}. The id tells a key with a flipped bit,
 * which is a key too, from the right one. A file of another maker may lack the line.
 */
final class KeyPem {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:Key id: (?<id>[^\n]*)\n)?"
              + "-----BEGIN (?<label>(?:ENCRYPTED )?PRIVATE KEY)-----\n"
              + "(?<body>[A-Za-z0-9+/=\n]+)\n"
              + "-----END \\k<label>-----\n?");

  private KeyPem() {}

  /** The file is encrypted and no passphrase was given. */
  static final class NoPassphrase extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
  }

  /** The passphrase does not open the file; nothing tells a wrong one from a damaged file. */
  static final class WrongPassphrase extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
  }

  static byte[] write(SigningKey key, Optional<char[]> passphrase, SecureRandom random) {
    byte[] plain = Pkcs8.encode(key);
    String label = passphrase.isPresent() ? ENCRYPTED : PLAIN;
    byte[] der =
        passphrase.isPresent() ? EncryptedKey.encrypt(plain, passphrase.get(), random) : plain;
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return """
    Key id: %s
    -----BEGIN %s-----
    %s
    -----END %s-----
    """
        .formatted(key.id(), label, body, label)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the key in a key file's text.
   *
   * @throws NoPassphrase if it needs one
   * @throws WrongPassphrase if it needs another
   * @throws IllegalArgumentException if the text holds no key that can be trusted to be the right
   *     one
   */
  static SigningKey read(byte[] text, Optional<char[]> passphrase) {
    Matcher form = FORM.matcher(new String(text, StandardCharsets.ISO_8859_1));
    if (!form.matches()) {
      throw new IllegalArgumentException("it is not one private key in PEM form");
    }
    byte[] der = body(form.group("body"));
    SigningKey key =
        form.group("label").equals(ENCRYPTED)
            ? opened(der, passphrase.orElseThrow(NoPassphrase::new))
            : Pkcs8.decode(der);
    Arrays.fill(der, (byte) 0);
    if (form.group("id") != null && !form.group("id").equals(key.id().value())) {
      throw new IllegalArgumentException("the key in it is not the one that its first line names");
    }
    return key;
  }

  private static SigningKey opened(byte[] der, char[] passphrase) {
    byte[] plain = EncryptedKey.decrypt(der, passphrase);
    try {
      return Pkcs8.decode(plain);
    } catch (IllegalArgumentException e) {
      // A wrong passphrase leaves valid padding once in 256 times, and noise behind it.
      throw new WrongPassphrase();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] body(String lines) {
    String text = lines.replace("\n", "");
    byte[] der = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(der).equals(text)) {
      throw new IllegalArgumentException("its base64 is not canonical");
    }
    return der;
  }
}
