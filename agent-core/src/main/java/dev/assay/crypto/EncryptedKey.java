package dev.assay.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * PKCS #8 under a passphrase: PBES2 (RFC 8018) of scrypt (RFC 7914) and AES-256-CBC, the pair that
 * OpenSSL reads. What a file may ask of scrypt is bounded before any of it is done, so a hostile
 * file costs no more than 32 MiB and a few seconds.
 */
final class EncryptedKey {
  /** OpenSSL refuses to spend more than 32 MiB: 16 MiB, five times over. */
  private static final int COST = 1 << 14;

  private static final int BLOCK_SIZE = 8;
  private static final int PARALLEL = 5;
  private static final int MAX_MEMORY = 32 << 20;
  private static final int MAX_PARALLEL = 16;
  private static final int SALT_LENGTH = 16;
  private static final int MAX_SALT = 64;
  private static final int KEY_LENGTH = 32;
  private static final int IV_LENGTH = 16;
  private static final ASN1ObjectIdentifier SCRYPT = MiscObjectIdentifiers.id_scrypt;
  private static final ASN1ObjectIdentifier AES = NISTObjectIdentifiers.id_aes256_CBC;

  private EncryptedKey() {}

  private static final class Sealed {
    private final ScryptParams scrypt;
    private final byte[] iv;
    private final byte[] data;

    Sealed(ScryptParams scrypt, byte[] iv, byte[] data) {
      this.scrypt = scrypt;
      this.iv = iv;
      this.data = data;
    }
  }

  private static final class Unusable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static byte[] encrypt(byte[] plain, char[] passphrase, SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(salt);
    random.nextBytes(iv);
    ScryptParams scrypt = new ScryptParams(salt, COST, BLOCK_SIZE, PARALLEL, KEY_LENGTH);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, derive(passphrase, scrypt), iv).doFinal(plain);
      PBES2Parameters parameters =
          new PBES2Parameters(
              new KeyDerivationFunc(SCRYPT, scrypt),
              new EncryptionScheme(AES, new DEROctetString(iv)));
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-CBC", e);
    } catch (IOException e) {
      throw new UncheckedIOException("a key could not be encoded in memory", e);
    }
  }

  /**
   * The PKCS #8 bytes within.
   *
   * @throws KeyPem.WrongPassphrase if the passphrase does not open it
   * @throws IllegalArgumentException if it is encrypted in another way or asks for too much
   */
  static byte[] decrypt(byte[] der, char[] passphrase) {
    Sealed sealed = sealed(der);
    try {
      return cipher(Cipher.DECRYPT_MODE, derive(passphrase, sealed.scrypt), sealed.iv)
          .doFinal(sealed.data);
    } catch (BadPaddingException e) {
      throw new KeyPem.WrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("its encrypted part has an impossible length", e);
    }
  }

  /** Bouncy Castle meets malformed ASN.1 with exceptions of many kinds. */
  private static Sealed sealed(byte[] der) {
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
      PBES2Parameters parameters = parameters(info.getEncryptionAlgorithm());
      return new Sealed(
          bounded(parameters.getKeyDerivationFunc()),
          iv(parameters.getEncryptionScheme()),
          info.getEncryptedData());
    } catch (Unusable e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Unusable("its encryption parameters are malformed", e);
    }
  }

  private static PBES2Parameters parameters(AlgorithmIdentifier algorithm) {
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw unsupported();
    }
    return PBES2Parameters.getInstance(algorithm.getParameters());
  }

  private static ScryptParams bounded(KeyDerivationFunc function) {
    if (!function.getAlgorithm().equals(SCRYPT)) {
      throw unsupported();
    }
    ScryptParams scrypt = ScryptParams.getInstance(function.getParameters());
    long cost = scrypt.getCostParameter().longValueExact();
    long block = scrypt.getBlockSize().longValueExact();
    long parallel = scrypt.getParallelizationParameter().longValueExact();
    boolean keyFits =
        scrypt.getKeyLength() == null || scrypt.getKeyLength().longValueExact() == KEY_LENGTH;
    if (cost < 2
        || Long.bitCount(cost) != 1
        || block < 1
        || cost > MAX_MEMORY / 128
        || block > MAX_MEMORY / 128 / cost
        || parallel < 1
        || parallel > MAX_PARALLEL
        || scrypt.getSalt().length > MAX_SALT
        || !keyFits) {
      throw new Unusable("its scrypt parameters are out of bounds", null);
    }
    return scrypt;
  }

  private static byte[] iv(EncryptionScheme scheme) {
    if (!scheme.getAlgorithm().equals(AES)) {
      throw unsupported();
    }
    byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
    if (iv.length != IV_LENGTH) {
      throw new Unusable("its initialisation vector has not 16 bytes", null);
    }
    return iv;
  }

  private static Unusable unsupported() {
    return new Unusable(
        "it is not encrypted with scrypt and AES-256-CBC (openssl pkcs8 -topk8 -scrypt does so)",
        null);
  }

  private static byte[] derive(char[] passphrase, ScryptParams scrypt) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    try {
      return SCrypt.generate(
          bytes,
          scrypt.getSalt(),
          scrypt.getCostParameter().intValueExact(),
          scrypt.getBlockSize().intValueExact(),
          scrypt.getParallelizationParameter().intValueExact(),
          KEY_LENGTH);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      encoded.clear().put(new byte[encoded.capacity()]);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return cipher;
  }
}
