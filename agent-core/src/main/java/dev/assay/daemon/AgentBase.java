package dev.assay.daemon;

import dev.assay.crypto.KeyId;
import dev.assay.token.PlatformToken;
import dev.assay.token.SignedToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * What both pipelines of an agent stand on.
 *
 * @param memory what the log's end says of proofs
 * @param tail the log's end itself
 * @param evidence the platform evidence of this start
 * @param failure completes exceptionally when the agent cannot go on
 */
record AgentBase(
    AgentParts parts,
    Link link,
    History history,
    Consumer<AgentEvent> events,
    ScheduledExecutorService timer,
    Platform platform,
    Checkpoints checkpoints,
    NodeLog log,
    LogTail tail,
    ProofMemory memory,
    SignedToken<PlatformToken> evidence,
    CompletableFuture<Void> failure) {

  /** Probes the host, reads the log's end and logs the evidence. */
  static AgentBase open(AgentParts parts) throws IOException {
    KeyId node = parts.key().id();
    Link link = new Link();
    History history = new History(parts.clock());
    Consumer<AgentEvent> events = history.andThen(parts.events());
    CompletableFuture<Void> failure = new CompletableFuture<>();
    Platform platform = new Platform(parts.hardware());
    LogTail tail = LogTail.read(parts.log(), parts.coordinator().key().id());
    ProofMemory memory = tail.memory(node, parts.clock());
    ScheduledExecutorService timer = threads("assay-timer", 2);
    Checkpoints checkpoints =
        new Checkpoints(parts.log(), parts.coordinator().key(), link, timer, events);
    NodeLog log =
        new NodeLog(parts.log(), parts.key(), checkpoints::grown, failure::completeExceptionally);
    try {
      SignedToken<PlatformToken> evidence =
          log.sign(new PlatformToken(node, memory.time().issuedAt(), platform.facts()));
      log.append(evidence);
      return new AgentBase(
          parts,
          link,
          history,
          events,
          timer,
          platform,
          checkpoints,
          log,
          tail,
          memory,
          evidence,
          failure);
    } catch (IOException | RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
  }

  KeyId node() {
    return parts.key().id();
  }

  /** Threads for things that are done later; what is not yet due when they end is not done. */
  static ScheduledExecutorService threads(String name, int count) {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(count, Thread.ofPlatform().daemon().name(name).factory());
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setRemoveOnCancelPolicy(true);
    return threads;
  }
}
