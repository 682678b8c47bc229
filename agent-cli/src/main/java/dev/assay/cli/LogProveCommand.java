package dev.assay.cli;

import dev.assay.crypto.PublicKey;
import dev.assay.log.InclusionProof;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TlogProof;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay log prove}. */
@Command(
    name = "prove",
    description = {
      "Write the proof that an entry is in the log, as one file (C2SP tlog-proof).",
      "Anyone who has the entry and the log's key can check it offline."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay log prove 17 > 17.tlog-proof",
      "  assay log prove 17 -o 17.tlog-proof --entry 17.jwt"
    })
final class LogProveCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "INDEX", description = "Which entry; the first is 0.")
  private long index;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write the proof. Default: standard output.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--entry", paramLabel = "FILE", description = "Also write the entry itself.")
  private Optional<Path> entryFile = Optional.empty();

  LogProveCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    PublicKey key = Identity.publicKey(cli.home());
    NoteKey log = LogOrigin.of(cli.home().log(), key);
    LogReader reader = new LogReader(new DirectorySource(cli.home().log()));
    SignedCheckpoint checkpoint = checkpoint(reader, log);
    byte[] entry = reader.entry(index, checkpoint.size());
    InclusionProof inclusion = reader.tree(checkpoint.size()).inclusion(index, checkpoint.size());
    TlogProof proof = TlogProof.of(inclusion, checkpoint);
    proof.verify(entry, log);
    if (output.isPresent()) {
      Files.write(output.get(), proof.bytes());
    } else {
      cli.out().print(new String(proof.bytes(), StandardCharsets.UTF_8));
    }
    if (entryFile.isPresent()) {
      Files.write(entryFile.get(), entry);
    }
    return ExitCode.OK;
  }

  /** One that a witness has cosigned, if it covers the entry: it is worth more to others. */
  private SignedCheckpoint checkpoint(LogReader reader, NoteKey log)
      throws IOException, CommandException {
    SignedCheckpoint newest =
        reader
            .checkpoint(log)
            .orElseThrow(
                () ->
                    CommandException.unavailable(
                        "There is no log yet in " + cli.home().log() + "."));
    if (index < 0 || index >= newest.size()) {
      throw CommandException.usage(
          "The log has "
              + newest.size()
              + " entries, the first being 0: there is no "
              + index
              + ".");
    }
    return reader.witnessed(log).filter(cosigned -> cosigned.size() > index).orElse(newest);
  }
}
