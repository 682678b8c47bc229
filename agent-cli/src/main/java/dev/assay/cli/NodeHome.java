package dev.assay.cli;

import dev.assay.daemon.HomeLock;
import dev.assay.daemon.PublicKeyFile;
import dev.assay.log.store.DiskLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A home of which this process is the one that works with it: no agent and no other command does.
 */
record NodeHome(Home home, Identity identity, HomeLock lock) implements AutoCloseable {
  private static final String ORIGIN = "assay.dev/node/";

  /**
   * Takes the home.
   *
   * @throws CommandException if another process has it
   */
  static NodeHome take(Cli cli) throws IOException, CommandException {
    Home home = cli.home();
    Identity identity = cli.identity();
    Files.createDirectories(
        home.lock().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    HomeLock lock =
        HomeLock.take(home.lock())
            .orElseThrow(
                () ->
                    CommandException.unavailable(
                        "An agent runs on "
                            + home.directory()
                            + " already; assay status shows it."));
    return new NodeHome(home, identity, lock);
  }

  /** Opens the node's log, with the public key beside it. */
  DiskLog openLog() throws IOException {
    DiskLog log = DiskLog.open(home.log(), ORIGIN + identity.key().id(), identity.key());
    try {
      publish(home.publicKey());
      publish(home.log().resolve(home.publicKey().getFileName()));
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private void publish(Path file) throws IOException {
    if (Files.notExists(file)) {
      PublicKeyFile.write(file, identity.key().publicKey());
    }
  }
}
