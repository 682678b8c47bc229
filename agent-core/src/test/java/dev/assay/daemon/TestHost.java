package dev.assay.daemon;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Component;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.job.JobJournal;
import dev.assay.job.OwnerPolicy;
import dev.assay.log.store.DiskLog;
import dev.assay.owner.OwnerConsent;
import dev.assay.owner.OwnerTerms;
import dev.assay.owner.PauseFile;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import dev.assay.wire.ClientConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A home on a real disk on which one agent after the other can be run, and made to fail. */
final class TestHost implements AutoCloseable {
  static final SigningKey KEY = FakeCoordinator.key(9);
  static final String ORIGIN = "assay.dev/node/" + KEY.id();
  static final long FREE_MEMORY = 64L << 20;
  static final String NOTE = "There is no driver for the other device.";

  final SettableClock clock = new SettableClock();
  final FaultyProver prover = new FaultyProver();
  final FakeRuntime runtime = new FakeRuntime();
  final FakeCoordinator coordinator;
  final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
  FaultyLog log;
  Agent agent;
  ProofBounds bounds = new ProofBounds(true, Duration.ofMinutes(1), 32L << 20, false);
  final FakeActivity activity = new FakeActivity();
  OwnerTerms terms = OwnerTerms.DEFAULT;
  OwnerPolicy policy = OwnerPolicy.DEFAULT.withProcesses();
  private final Path home;

  TestHost(Path home) throws IOException {
    this.home = home;
    this.coordinator = new FakeCoordinator(clock);
  }

  /** Starts an agent and waits for its session. */
  TestHost start() throws Exception {
    begin();
    coordinator.awaitSession();
    return this;
  }

  /** Starts an agent. */
  void begin() throws Exception {
    log = new FaultyLog(DiskLog.open(home.resolve("log"), ORIGIN, KEY));
    agent = Agent.start(parts());
  }

  /** Ends the agent as a power failure would: from now on nothing it does becomes durable. */
  void crash() throws Exception {
    log.die();
    agent.close();
    log.close();
    coordinator.heardSoFar();
    prover.reset();
  }

  /** Ends the agent in good order. */
  void stop() throws Exception {
    agent.close();
    log.close();
  }

  JobJournal journal() throws IOException {
    return JobJournal.open(home.resolve("jobs"), clock);
  }

  /** The tokens of one kind in the log, in order. */
  <T extends Token> List<SignedToken<T>> logged(Class<T> kind) throws IOException {
    List<SignedToken<T>> found = new ArrayList<>();
    for (long i = 0; i < log.size(); i++) {
      if (Tokens.parse(log.entry(i)) instanceof SignedToken<?> signed
          && kind.isInstance(signed.token())) {
        found.add(Tokens.parse(signed.compact(), kind));
      }
    }
    return found;
  }

  /** The typs of all tokens in the log. */
  List<String> loggedTypes() throws IOException {
    List<String> types = new ArrayList<>();
    for (long i = 0; i < log.size(); i++) {
      if (Tokens.parse(log.entry(i)) instanceof SignedToken<?> signed) {
        types.add(signed.token().getClass().getSimpleName().replace("Token", ""));
      }
    }
    return types;
  }

  /** The next event of this kind; others are passed over. */
  <T extends AgentEvent> T event(Class<T> kind) throws InterruptedException {
    while (true) {
      AgentEvent event = events.poll(20, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName() + " came");
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  AgentParts parts() throws IOException {
    PinnedCoordinator pinned = coordinator.pinned();
    return new AgentParts(
        "assay test",
        KEY,
        BootEpoch.next(home.resolve("boot")),
        pinned,
        new ClientConfig(
            pinned.address(),
            pinned.key().id(),
            Certificates.selfSigned(KEY, Instant.parse("2026-11-22T00:00:00Z")),
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            Duration.ofMillis(40)),
        log,
        List.of(prover),
        List.of(NOTE),
        TestHost::facts,
        bounds,
        journal(),
        runtime,
        policy,
        new PauseFile(home.resolve("pause.json")),
        new OwnerConsent(terms, activity, clock, ZoneOffset.UTC),
        clock,
        System::nanoTime,
        new SecureRandom(),
        events::add);
  }

  static PlatformFacts facts() {
    Component cpu =
        new Component(
            "cpu:0",
            Component.Kind.CPU,
            Map.of(
                "threads", new Reading.Amount(2, Source.PROCFS),
                "freeMemoryBytes", new Reading.Amount(FREE_MEMORY, Source.PROCFS)));
    Component memory =
        new Component(
            "memory:0",
            Component.Kind.MEMORY,
            Map.of("totalBytes", new Reading.Amount(8L << 30, Source.PROCFS)));
    return new PlatformFacts(
        List.of(cpu, memory), List.of(), OptionalLong.of(5), Optional.empty(), Optional.empty());
  }

  @Override
  public void close() throws Exception {
    if (agent != null) {
      prover.reset();
      agent.close();
      log.close();
    }
    coordinator.close();
  }
}
