package dev.assay.coordinator;

import dev.assay.proof.HashChain;
import dev.assay.token.CommitmentToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of proofs share: a coordinator, a node, and a small proof that it is asked for. */
@Timeout(60)
abstract class ProofScript {
  /** Small; its deadline is 750 ms for the network and half as much again for the work. */
  static final HashChain PROOF = new HashChain(2, 4, 500, 8);

  static final Duration WORK = Duration.ofMillis(620);
  static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path home;
  Bench bench;
  ScriptedNode node;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
    node = bench.node(2);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  String challenge() throws Exception {
    return bench.coordinator.challenge(node.id(), "cpu:0", PROOF, false);
  }

  SignedToken<ReceiptToken> receiptFor(SignedToken<CommitmentToken> commitment) throws Exception {
    node.send(new FromNode.Commitment(commitment.compact()));
    return node.nextReceipt();
  }
}
