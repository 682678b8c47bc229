package dev.assay.coordinator;

import dev.assay.control.ControlException;
import dev.assay.control.ControlServer;
import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TlsIdentity;
import dev.assay.job.JobSpec;
import dev.assay.log.Witness;
import dev.assay.log.store.LogStore;
import dev.assay.proof.Proof;
import dev.assay.wire.Address;
import dev.assay.wire.JoinToken;
import dev.assay.wire.Secret;
import dev.assay.wire.ServerConfig;
import dev.assay.wire.WireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The coordinator put together: desks, sessions, control socket. */
public final class Coordinator implements AutoCloseable {
  private static final String WITNESS = "assay.dev/witness/";
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final CoordinatorSettings settings;
  private final SigningKey key;
  private final Surroundings surroundings;
  private final OpenedParts parts = new OpenedParts();
  private final Sessions sessions = new Sessions();
  private final Nodes nodes;
  private final Proofs proofs;
  private final Jobs jobs;
  private final ProofDesk proofDesk;
  private final JobOutputs outputs;
  private final JobDesk jobDesk;
  private final WireServer server;

  private Coordinator(
      CoordinatorSettings settings,
      SigningKey key,
      TlsIdentity identity,
      LogStore log,
      Surroundings surroundings)
      throws IOException {
    this.settings = settings;
    this.key = key;
    this.surroundings = surroundings;
    try {
      Files.createDirectories(settings.jobs());
      Database database = parts.add(open(settings));
      this.nodes = new Nodes(database);
      this.proofs = new Proofs(database);
      this.jobs = new Jobs(database);
      Ledger ledger = new Ledger(key, log);
      OpenProofs open = new OpenProofs();
      ExecutorService verifiers = parts.add(verifiers());
      this.proofDesk = new ProofDesk(ledger, proofs, open, sessions, surroundings, verifiers);
      this.outputs = new JobOutputs(settings.jobs(), settings.mostOutputBytes());
      this.jobDesk = new JobDesk(ledger, jobs, outputs, sessions, surroundings);
      parts.add(surroundings.timers());
      new ProofRecovery(
              ledger,
              proofs,
              proofDesk,
              new ProofEnd(ledger, proofs, open, sessions, surroundings),
              surroundings)
          .run();
      this.server = parts.add(listen(identity));
      parts.add(
          ControlServer.start(
              CoordinatorSettings.socket(settings.home()), new CoordinatorRoutes(this)));
      beginRounds();
    } catch (IOException | RuntimeException e) {
      try {
        parts.close();
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /**
   * Starts a coordinator; it listens when this returns.
   *
   * @param log the challenger's log; stays the caller's to close
   * @throws IOException if the address, the database or the socket cannot be had
   */
  public static Coordinator start(
      CoordinatorSettings settings, SigningKey key, TlsIdentity identity, LogStore log)
      throws IOException {
    return start(settings, key, identity, log, Surroundings.ofThisProcess());
  }

  static Coordinator start(
      CoordinatorSettings settings,
      SigningKey key,
      TlsIdentity identity,
      LogStore log,
      Surroundings surroundings)
      throws IOException {
    return new Coordinator(settings, key, identity, log, surroundings);
  }

  /** The port that nodes dial. */
  public int port() {
    return server.port();
  }

  /** What join tokens tell nodes to dial. */
  public Address address() {
    return settings
        .advertised()
        .orElseGet(() -> new Address(settings.bind().getHostString(), server.port()));
  }

  /** A new join token, which enrols one node once. */
  public JoinToken invite(Duration validFor) {
    Secret secret = Secret.random(surroundings.random());
    JoinToken token =
        new JoinToken(address(), key.id(), secret, surroundings.clock().instant().plus(validFor));
    nodes.invite(secret.digest(), token.expiry().getEpochSecond());
    return token;
  }

  /** Challenges a device with a proof sized for it; returns the proof's id. */
  String challenge(String node, String device, String proof, boolean calibrate) throws IOException {
    NodeRecord record = node(node);
    return challenge(
        record,
        device,
        ChallengePlan.sized(proof, record, device, settings.sizing(), proofs),
        calibrate);
  }

  /** Challenges a device with just this proof; returns the proof's id. */
  String challenge(String node, String device, Proof proof, boolean calibrate) throws IOException {
    NodeRecord record = node(node);
    return challenge(
        record,
        device,
        ChallengePlan.exact(proof, record, device, settings.sizing(), proofs),
        calibrate);
  }

  /** How a proof stands; one that is neither under way nor ended was lost by a failing disk. */
  ProofRecord proof(String id) throws ControlException {
    boolean open = proofDesk.isOpen(id);
    ProofRecord proof =
        proofs
            .find(id)
            .orElseThrow(() -> ControlException.notFound("there is no proof \"" + id + "\""));
    return open || proof.state().isFinal()
        ? proof
        : new ProofRecord(
            id, proof.created(), State.VOID, proof.chain(), "the coordinator's disk failed");
  }

  /** Orders a job; returns its id. */
  String submit(String node, JobSpec spec, Duration startWithin) throws ControlException {
    NodeRecord record = node(node);
    if (record.fork().isPresent()) {
      throw ControlException.conflict(
          "node " + record.id() + " has shown two histories of its log, it gets no more jobs");
    }
    return jobDesk.submit(record.key().id(), spec, startWithin);
  }

  /** Takes a job back that is not done. */
  void cancel(JobOrder job, String reason) {
    jobDesk.cancel(job, reason);
  }

  JobOrder job(String id) throws ControlException {
    return jobs.find(id)
        .orElseThrow(() -> ControlException.notFound("there is no job \"" + id + "\""));
  }

  /** The node with this id, or the only one whose id begins like this. */
  NodeRecord node(String id) throws ControlException {
    List<NodeRecord> found =
        nodes.list().stream().filter(node -> node.id().startsWith(id)).toList();
    if (found.isEmpty()) {
      throw ControlException.notFound("no enrolled node has an id that begins with \"" + id + "\"");
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          found.size() + " nodes have ids that begin with \"" + id + "\": give more of it");
    }
    return found.getFirst();
  }

  KeyId id() {
    return key.id();
  }

  Nodes nodes() {
    return nodes;
  }

  Proofs proofs() {
    return proofs;
  }

  Jobs jobs() {
    return jobs;
  }

  JobOutputs outputs() {
    return outputs;
  }

  Sessions sessions() {
    return sessions;
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }

  private static Database open(CoordinatorSettings settings) throws IOException {
    try {
      return Database.open(settings.database());
    } catch (SQLException e) {
      throw new IOException(settings.database() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static ExecutorService verifiers() {
    return Executors.newFixedThreadPool(
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
        Thread.ofPlatform().daemon().name("assay-verifier-", 0).factory());
  }

  private WireServer listen(TlsIdentity identity) throws IOException {
    ServerConfig config =
        new ServerConfig(
            settings.bind(),
            identity,
            settings.name(),
            settings.version(),
            settings.heartbeat(),
            settings.lease());
    WitnessDesk witness =
        new WitnessDesk(new Witness(WITNESS + key.id().value(), key, surroundings.clock()), nodes);
    return WireServer.start(
        config,
        surroundings.random(),
        new Reception(nodes, sessions, proofDesk, jobDesk, witness, surroundings.clock()));
  }

  private void beginRounds() {
    surroundings.timers().every(SWEEP, jobDesk::expire);
    settings
        .challengeEvery()
        .map(
            mean ->
                new RandomChallenges(
                    sessions,
                    (node, device) -> ChallengePlan.proofs(node(node), device),
                    (node, device, proof) -> challenge(node, device, proof, false),
                    mean,
                    surroundings.random(),
                    surroundings.nanos()))
        .ifPresent(rounds -> surroundings.timers().every(RandomChallenges.PAUSE, rounds));
  }

  private String challenge(NodeRecord node, String device, ChallengePlan plan, boolean calibrate)
      throws IOException {
    if (sessions.of(node.id()).isEmpty()) {
      throw ControlException.conflict("node " + node.id() + " has no session now: it is away");
    }
    if (sessions.availability(node.id()).filter(now -> !now.isOpen()).isPresent()) {
      throw ControlException.conflict(
          "the owner of node "
              + node.id()
              + " lets no new work in now; ask again when assay node list shows it as here");
    }
    return proofDesk.challenge(
        node.key().id(),
        device,
        plan.proof(),
        plan.deadlineMs(),
        calibrate ? Optional.of(plan.deviceClass()) : Optional.empty());
  }
}
