package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Certificates;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay id}. */
@Command(
    name = "id",
    description = {
      "Show the identity of this home, and make it on first use.",
      "The id is the thumbprint of the public key (RFC 7638). It is public; key.pem is not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay id                     id, public key and certificate",
      "  assay id --jwk > id.jwk      the public key, for assay audit --key",
      "  assay --home /srv/a id       of another home"
    })
final class IdCommand implements Callable<Integer> {
  private final Cli cli;

  @ArgGroup(exclusive = true)
  private final Form form = new Form();

  /** What to print instead of everything. */
  private static final class Form {
    @Option(names = "--jwk", description = "Print the public key alone, as a JWK.")
    private boolean jwk;

    @Option(names = "--certificate", description = "Print the certificate alone, as PEM.")
    private boolean certificate;

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;
  }

  IdCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException {
    Identity identity = cli.identity();
    String jwk = identity.key().publicKey().jwk();
    String certificate = Certificates.pem(identity.tls().certificate());
    if (form.jwk) {
      cli.out().println(jwk);
    } else if (form.certificate) {
      cli.out().print(certificate);
    } else if (form.json) {
      ObjectNode json = StrictJson.newObject().put("id", identity.key().id().value());
      json.put("jwk", jwk).put("certificate", certificate);
      cli.out().println(json.toPrettyString());
    } else {
      cli.out().println("id    " + cli.style().strong(identity.key().id().value()));
      cli.out().println("jwk   " + jwk);
      cli.out().println("home  " + cli.home().directory());
      cli.out().print(certificate);
    }
    return ExitCode.OK;
  }
}
