package dev.assay.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.crypto.SigningKey;
import dev.assay.log.AddCheckpoint;
import dev.assay.log.AddCheckpointAnswer;
import dev.assay.log.MerkleTree;
import dev.assay.log.NaiveTree;
import dev.assay.log.NoteKey;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import dev.assay.wire.Availability;
import dev.assay.wire.FromCoordinator.CosignRefused;
import dev.assay.wire.FromCoordinator.Cosigned;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator cosigns one history of each node's log, whatever happens. */
@Timeout(60)
class WitnessTest {
  private static final NaiveTree TREE = NaiveTree.ofNumberedLeaves(20);
  private static final TreeHash OTHER = TreeHash.leaf(new byte[] {1});

  @TempDir Path home;
  private Bench bench;
  private ScriptedNode node;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
    node = bench.node(2);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private void ask(long oldSize, TreeHead head, SigningKey signer) throws Exception {
    List<TreeHash> proof =
        oldSize == 0 || oldSize >= head.size()
            ? List.of()
            : new MerkleTree(TREE).consistency(oldSize, head.size()).path();
    AddCheckpoint request =
        new AddCheckpoint(oldSize, proof, node.checkpoint(head).sign(signer).note());
    node.send(new FromNode.AddCheckpoint(new String(request.bytes(), UTF_8)));
  }

  private void ask(long oldSize, TreeHead head) throws Exception {
    ask(oldSize, head, node.key);
  }

  @Test
  void whatContinuesTheLogIsCosignedAndRemembered() throws Exception {
    ask(0, TREE.head(7));
    Cosigned first = node.next(Cosigned.class);
    assertThat(first.size()).isEqualTo(7);
    NoteKey witness =
        NoteKey.ofWitness("assay.dev/witness/" + bench.key.id(), bench.key.publicKey());
    assertThat(
            AddCheckpointAnswer.Cosigned.parse(first.cosignatures().getBytes(UTF_8)).cosignatures())
        .allMatch(line -> witness.verifies(node.checkpoint(TREE.head(7)).text(), line));
    ask(7, TREE.head(20));
    assertThat(node.next(Cosigned.class).size()).isEqualTo(20);
    ask(20, TREE.head(20));
    assertThat(node.next(Cosigned.class).size()).isEqualTo(20);

    bench.stop();
    node.events.clear();
    node.head = TREE.head(20);
    bench.start();
    assertThat(node.nextWelcome()).isEqualTo(20);
  }

  @Test
  void anOldStateIsAnsweredWithTheSizeToStartFrom() throws Exception {
    ask(0, TREE.head(7));
    node.next(Cosigned.class);
    ask(3, TREE.head(20));
    CosignRefused refused = node.next(CosignRefused.class);
    assertThat(refused.code()).isEqualTo("conflict");
    assertThat(refused.size()).isEqualTo(7);
    ask(0, TREE.head(5));
    assertThat(node.next(CosignRefused.class).code()).isEqualTo("conflict");
    assertThat(bench.coordinator.node(node.id()).fork()).isEmpty();
  }

  @Test
  void anotherHistoryIsNeverCosigned() throws Exception {
    ask(0, TREE.head(7));
    node.next(Cosigned.class);
    ask(7, new TreeHead(12, OTHER));
    assertThat(node.next(CosignRefused.class).code()).isEqualTo("inconsistent");
    ask(7, TREE.head(12), Bench.key(9));
    assertThat(node.next(CosignRefused.class).code()).isEqualTo("not-signed");
    node.send(new FromNode.AddCheckpoint("old seven\n"));
    assertThat(node.nextFault().message()).startsWith("add-checkpoint: ");
    ask(7, TREE.head(12));
    assertThat(node.next(Cosigned.class).size()).isEqualTo(12);
  }

  @Test
  void twoRootsOfOneSizeAreKeptAndCostTheNodeItsJobs() throws Exception {
    ask(0, TREE.head(7));
    node.next(Cosigned.class);
    ask(7, new TreeHead(7, OTHER));
    assertThat(node.next(CosignRefused.class).code()).isEqualTo("conflict");
    NodeRecord record = bench.coordinator.node(node.id());
    assertThat(record.fork().orElseThrow())
        .isEqualTo(
            new String(node.checkpoint(new TreeHead(7, OTHER)).sign(node.key).bytes(), UTF_8));
    assertThat(record.log()).isEqualTo(TREE.head(7));
    assertThat(Views.node(record, Optional.of(Availability.OPEN)).path("forked").asBoolean())
        .isTrue();
    assertThatThrownBy(() -> bench.coordinator.submit(node.id(), null, Duration.ofHours(1)))
        .hasMessageContaining("two histories");
  }

  @Test
  void aHelloThatContradictsTheCosignedHistoryIsEvidenceToo() throws Exception {
    ask(0, TREE.head(7));
    node.next(Cosigned.class);
    bench.disconnect(node);
    node.head = new TreeHead(7, OTHER);
    bench.connect(node);
    assertThat(bench.coordinator.node(node.id()).fork()).isPresent();
  }
}
