package dev.assay.coordinator;

import dev.assay.control.ControlException;
import dev.assay.control.ControlServer;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TlsIdentity;
import dev.assay.job.JobSpec;
import dev.assay.log.Witness;
import dev.assay.log.store.LogStore;
import dev.assay.proof.Proof;
import dev.assay.wire.Address;
import dev.assay.wire.JoinToken;
import dev.assay.wire.NodeSession;
import dev.assay.wire.Secret;
import dev.assay.wire.ServerConfig;
import dev.assay.wire.WireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** The coordinator put together: desks, sessions, control socket. */
public final class Coordinator implements AutoCloseable {
  private static final String WITNESS = "assay.dev/witness/";

  private final CoordinatorSettings settings;
  private final SigningKey key;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Database database;
  private final Nodes nodes;
  private final Proofs proofs;
  private final Jobs jobs;
  private final Sessions sessions = new Sessions();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-timers").factory());
  private final ProofDesk proofDesk;
  private final JobDesk jobDesk;
  private final WireServer server;
  private final ControlServer control;

  private Coordinator(
      CoordinatorSettings settings,
      SigningKey key,
      TlsIdentity identity,
      LogStore log,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random)
      throws IOException, SQLException {
    this.settings = settings;
    this.key = key;
    this.clock = clock;
    this.random = random;
    Files.createDirectories(settings.jobs());
    this.database = Database.open(settings.database());
    this.nodes = new Nodes(database);
    this.proofs = new Proofs(database);
    this.jobs = new Jobs(database);
    Ledger ledger = new Ledger(key, log);
    this.proofDesk = new ProofDesk(ledger, proofs, sessions, clock, nanos, random, timers);
    this.jobDesk = new JobDesk(ledger, jobs, sessions, settings.jobs(), clock, random);
    proofDesk.recover(id -> nodes.find(id).map(NodeRecord::key));
    WitnessDesk witness =
        new WitnessDesk(new Witness(WITNESS + key.id().value(), key, clock), nodes);
    this.server =
        WireServer.start(
            new ServerConfig(
                settings.bind(),
                identity,
                settings.name(),
                settings.version(),
                settings.heartbeat(),
                settings.lease()),
            random,
            new Reception(nodes, sessions, proofDesk, jobDesk, witness, clock));
    this.control =
        ControlServer.start(
            CoordinatorSettings.socket(settings.home()), new CoordinatorRoutes(this));
    settings
        .challengeEvery()
        .ifPresent(mean -> new RandomChallenges(this, mean, random, nanos).start(timers));
  }

  /**
   * Starts a coordinator; it listens when this returns.
   *
   * @param log the challenger's log; stays the caller's to close
   * @throws IOException if the address, the database or the socket cannot be had
   */
  public static Coordinator start(
      CoordinatorSettings settings,
      SigningKey key,
      TlsIdentity identity,
      LogStore log,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random)
      throws IOException {
    try {
      return new Coordinator(settings, key, identity, log, clock, nanos, random);
    } catch (SQLException e) {
      throw new IOException(settings.database() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The port that nodes dial. */
  public int port() {
    return server.port();
  }

  /** A new join token, which enrols one node once. */
  public JoinToken invite(Duration validFor) {
    Secret secret = Secret.random(random);
    JoinToken token = new JoinToken(address(), key.id(), secret, clock.instant().plus(validFor));
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

  /** Orders a job; returns its id. */
  String submit(String node, JobSpec spec, Duration startWithin) throws ControlException {
    return jobDesk.submit(node(node).key().id(), spec, startWithin);
  }

  /** The node with this id, or the only one whose id begins like this. */
  NodeRecord node(String id) throws ControlException {
    List<NodeRecord> found =
        nodes.list().stream().filter(node -> node.id().startsWith(id)).toList();
    if (found.isEmpty()) {
      throw ControlException.notFound("no enrolled node has an id that begins with \"" + id + "\"");
    }
    if (found.size() > 1) {
      throw ControlException.conflict(
          found.size() + " nodes have ids that begin with \"" + id + "\": give more of it");
    }
    return found.getFirst();
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

  JobDesk jobDesk() {
    return jobDesk;
  }

  Sessions sessions() {
    return sessions;
  }

  @Override
  public void close() throws IOException {
    control.close();
    server.close();
    timers.shutdownNow();
    database.close();
  }

  private String challenge(NodeRecord node, String device, ChallengePlan plan, boolean calibrate)
      throws IOException {
    NodeSession session =
        sessions
            .of(node.id())
            .orElseThrow(
                () ->
                    ControlException.conflict(
                        "node " + node.id() + " has no session now: it is away"));
    if (proofDesk.isBusy(node.id(), device)) {
      throw ControlException.conflict(
          device + " of node " + node.id() + " has a proof under way: wait for its end");
    }
    return proofDesk.challenge(
        session,
        device,
        plan.proof(),
        plan.deadlineMs(),
        calibrate ? Optional.of(plan.deviceClass()) : Optional.empty());
  }

  /** What join tokens tell nodes to dial. */
  public Address address() {
    return settings
        .advertised()
        .orElseGet(() -> new Address(settings.bind().getHostString(), server.port()));
  }

  PublicKey publicKey() {
    return key.publicKey();
  }
}
