package dev.assay.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final Optional<char[]> NONE = Optional.empty();
  private static final Optional<char[]> WORDS = Optional.of("pass wörd".toCharArray());

  private final SigningKey key = TestKeys.counting(0);
  private final SecureRandom random = new SecureRandom();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("key.pem");
  }

  @Test
  void readsBackWithAndWithoutPassphrase() throws IOException {
    KeyFile.create(file, key, NONE, random);
    assertThat(KeyFile.load(file, NONE).id()).isEqualTo(key.id());
    Path encrypted = directory.resolve("encrypted.pem");
    KeyFile.create(encrypted, key, WORDS, random);
    assertThat(KeyFile.load(encrypted, WORDS).id()).isEqualTo(key.id());
    assertThat(Files.readString(encrypted))
        .startsWith("Key id: " + key.id() + "\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    KeyFile.create(file, key, NONE, random);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyIsNeverOverwrittenAndNothingIsLeftBehind() throws IOException {
    KeyFile.create(file, key, NONE, random);
    byte[] before = Files.readAllBytes(file);
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.create(file, TestKeys.counting(1), NONE, random))
        .withMessage(file + " exists already and is never overwritten; move it away first.");
    assertThat(file).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> KeyFile.create(directory.resolve("none/key.pem"), key, NONE, random));
  }

  @Test
  void opensslReadsWhatWeWrite() throws Exception {
    KeyFile.create(file, key, NONE, random);
    String expected = "-----BEGIN PUBLIC KEY-----\n" + publicPem() + "\n-----END PUBLIC KEY-----\n";
    assertThat(openssl("pkey", "-in", file.toString(), "-pubout")).isEqualTo(expected);
    Path encrypted = directory.resolve("encrypted.pem");
    KeyFile.create(encrypted, key, Optional.of("secret".toCharArray()), random);
    assertThat(openssl("pkey", "-in", encrypted.toString(), "-passin", "pass:secret", "-pubout"))
        .isEqualTo(expected);
  }

  @Test
  void readsWhatOpensslWrites() throws Exception {
    Path plain = directory.resolve("plain.pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", plain.toString());
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-------"));
    openssl(
        "pkcs8",
        "-topk8",
        "-scrypt",
        "-in",
        plain.toString(),
        "-passout",
        "pass:x",
        "-out",
        file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(KeyFile.load(file, Optional.of(new char[] {'x'})).id())
        .isEqualTo(KeyFile.load(plain, NONE).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
  void aFileOpenToOthersIsRefused(String permissions) throws IOException {
    KeyFile.create(file, key, NONE, random);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    refused(NONE, "can be read or changed by other users; close it with chmod 600");
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    KeyFile.create(file, key, NONE, random);
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.load(file, NONE, 123_456_789))
        .withMessageContaining("take it over with chown 123456789");
  }

  @Test
  void aMissingFileIsRefused() {
    refused(NONE, "does not exist; name the right file, or make a new identity.");
  }

  @Test
  void aWrongOrMissingPassphraseIsRefused() throws IOException {
    KeyFile.create(file, key, WORDS, random);
    refused(NONE, "is encrypted; give its passphrase.");
    refused(Optional.of("pass word".toCharArray()), "does not open with this passphrase");
    refused(Optional.of(new char[0]), "does not open with this passphrase");
  }

  @Test
  void everyChangedCharacterOfAPlainFileIsSeen() throws IOException {
    KeyFile.create(file, key, NONE, random);
    byte[] text = Files.readAllBytes(file);
    // The last newline may be missing or be there: that is no damage.
    for (int i = 0; i < text.length - 1; i++) {
      byte[] damaged = text.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      refused(NONE, "is damaged: ");
    }
    Files.write(file, Arrays.copyOf(text, text.length / 2));
    refused(NONE, "is damaged: it is not one private key in PEM form; restore it from a backup");
    Files.write(file, new byte[0]);
    refused(NONE, "is damaged: it is not one private key in PEM form");
    Files.write(file, new byte[20_000]);
    refused(NONE, "is too large for a key file");
  }

  @Test
  void aDamagedEncryptedFileNeverGivesAnotherKey() throws IOException {
    byte[] text = KeyPem.write(key, WORDS, random);
    int start = new String(text, StandardCharsets.US_ASCII).lastIndexOf("\n-----END") - 60;
    KeyFile.create(file, key, NONE, random);
    for (int i = start; i < start + 60; i += 20) {
      byte[] damaged = text.clone();
      damaged[i] = (byte) (damaged[i] == 'A' ? 'B' : 'A');
      Files.write(file, damaged);
      assertThatExceptionOfType(KeyFileException.class).isThrownBy(() -> KeyFile.load(file, WORDS));
    }
  }

  @Test
  void whatAHostileFileAsksOfScryptIsBounded() throws IOException {
    KeyFile.create(file, key, NONE, random);
    int[][] hostile = {
      {1 << 30, 8, 1},
      {1 << 14, 1 << 20, 1},
      {1 << 14, 8, 1 << 20},
      {3, 8, 1},
      {1, 8, 1},
      {16, 0, 1}
    };
    for (int[] asked : hostile) {
      writeEncrypted(new ScryptParams(new byte[16], asked[0], asked[1], asked[2]).getEncoded());
      refused(WORDS, "is damaged: its scrypt parameters are out of bounds");
    }
    writeEncrypted(new ScryptParams(new byte[2000], 2, 1, 1).getEncoded());
    refused(WORDS, "is damaged: its scrypt parameters are out of bounds");
    writeEncrypted(DERNull.INSTANCE.getEncoded());
    refused(WORDS, "is damaged: its encryption parameters are malformed");
  }

  @Test
  void anotherEncryptionIsRefusedWithTheWayToChangeIt() throws Exception {
    Path plain = directory.resolve("plain.pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", plain.toString());
    openssl(
        "pkcs8", "-topk8", "-in", plain.toString(), "-passout", "pass:x", "-out", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    refused(WORDS, "openssl pkcs8 -topk8 -scrypt does so");
  }

  private void writeEncrypted(byte[] scryptParameters) throws IOException {
    PBES2Parameters parameters =
        new PBES2Parameters(
            new KeyDerivationFunc(
                MiscObjectIdentifiers.id_scrypt, ASN1Primitive.fromByteArray(scryptParameters)),
            new EncryptionScheme(
                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16])));
    byte[] der =
        new EncryptedPrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), new byte[64])
            .getEncoded();
    Files.writeString(
        file,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
  }

  private void refused(Optional<char[]> passphrase, String reason) {
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.load(file, passphrase))
        .withMessageStartingWith(file + " ")
        .withMessageContaining(reason);
  }

  private String publicPem() {
    byte[] der = new byte[44];
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    System.arraycopy(head, 0, der, 0, head.length);
    System.arraycopy(key.publicKey().bytes(), 0, der, head.length, 32);
    return Base64.getEncoder().encodeToString(der);
  }

  private static String openssl(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "openssl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
