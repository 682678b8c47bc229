package dev.assay.cli;

import dev.assay.daemon.HomeLock;
import dev.assay.daemon.PublicKeyFile;
import dev.assay.log.store.DiskLog;
import dev.assay.log.store.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A home that this process runs as a coordinator, with the challenger's log open (tokens.md §2): no
 * other process does.
 */
record CoordinatorHome(Identity identity, LogStore log, HomeLock lock) implements AutoCloseable {
  private static final String ORIGIN = "assay.dev/challenger/";
  private static final String LOCK = "run/coordinator.lock";

  /**
   * Takes the home; makes key, certificate and log on first use, and puts the public key where
   * others look for it.
   *
   * @throws CommandException if another process has it
   */
  static CoordinatorHome take(Cli cli) throws IOException, CommandException {
    Home home = cli.home();
    Identity identity = cli.identity();
    Path file = home.directory().resolve(LOCK);
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    HomeLock lock =
        HomeLock.take(file)
            .orElseThrow(
                () ->
                    CommandException.unavailable(
                        "A coordinator runs on "
                            + home.directory()
                            + " already; assay node list shows its nodes."));
    try {
      LogStore log = DiskLog.open(home.log(), ORIGIN + identity.key().id(), identity.key());
      CoordinatorHome taken = new CoordinatorHome(identity, log, lock);
      taken.publish(home.publicKey());
      taken.publish(home.log().resolve(home.publicKey().getFileName()));
      return taken;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      log.close();
    }
  }

  private void publish(Path file) throws IOException {
    if (Files.notExists(file)) {
      PublicKeyFile.write(file, identity.key().publicKey());
    }
  }
}
