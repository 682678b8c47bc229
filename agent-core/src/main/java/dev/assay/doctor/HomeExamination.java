package dev.assay.doctor;

import dev.assay.crypto.PublicKey;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a node's directory. The private key is not opened.
 *
 * @param publicKey the node's JWK
 * @param log the directory of its log
 * @param user who runs this
 */
public record HomeExamination(Path directory, Path key, Path publicKey, Path log, long user) {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  Observed.HomeState observe(String mountInfo) {
    boolean exists = Files.isDirectory(directory);
    OptionalLong free = OptionalLong.empty();
    OptionalLong total = OptionalLong.empty();
    String type = "";
    boolean readOnly = false;
    try {
      FileStore store = Files.getFileStore(existing());
      free = OptionalLong.of(store.getUsableSpace());
      total = OptionalLong.of(store.getTotalSpace());
      type = store.type();
      readOnly = isReadOnly(mountInfo);
    } catch (IOException e) {
      // A file system that does not answer is told by the empty sizes.
    }
    return new Observed.HomeState(
        directory.toString(),
        exists,
        Files.isWritable(existing()),
        free,
        total,
        type,
        readOnly,
        keyState(),
        logState());
  }

  /** The directory itself, or the nearest above it that there is. */
  private Path existing() {
    Path place = directory.toAbsolutePath();
    while (place.getParent() != null && !Files.isDirectory(place)) {
      place = place.getParent();
    }
    return place;
  }

  /** The innermost mount around the directory; its sixth field lists the options. */
  private boolean isReadOnly(String mountInfo) {
    String best = "";
    boolean readOnly = false;
    for (String line : mountInfo.lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length > 5
          && existing().startsWith(fields[4])
          && fields[4].length() >= best.length()) {
        best = fields[4];
        readOnly = List.of(fields[5].split(",", -1)).contains("ro");
      }
    }
    return readOnly;
  }

  private Observed.Key keyState() {
    try {
      return new Observed.Key(
          true,
          OWNERS.containsAll(Files.getPosixFilePermissions(key)),
          Integer.toUnsignedLong((int) Files.getAttribute(key, "unix:uid")) == user);
    } catch (IOException e) {
      return new Observed.Key(Files.exists(key), true, true);
    }
  }

  private Observed.Log logState() {
    Path checkpoint = log.resolve("checkpoint");
    if (Files.notExists(checkpoint)) {
      return new Observed.Log.None();
    }
    try {
      byte[] note = Files.readAllBytes(checkpoint);
      PublicKey signer = PublicKey.ofJwk(Files.readAllBytes(publicKey));
      Optional<String> origin = Files.readString(checkpoint).lines().findFirst();
      return new Observed.Log.Good(
          SignedCheckpoint.open(note, NoteKey.ofLog(origin.orElse(""), signer)).size());
    } catch (IOException | IllegalArgumentException e) {
      return new Observed.Log.Bad(
          e instanceof IOException ? "a file of it cannot be read" : e.getMessage());
    }
  }
}
