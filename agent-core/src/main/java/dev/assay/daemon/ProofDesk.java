package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.daemon.AgentEvent.ProofBegun;
import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.daemon.ProofBounds.Limit;
import dev.assay.proof.Commitment;
import dev.assay.proof.Opening;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.wire.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries open proofs on: has the device do what comes next, and puts what comes of it into the log
 * and on its way. A proof that is carried on twice is worked on once. Callers hold the lock of the
 * memory; what the devices' threads bring takes it.
 */
final class ProofDesk implements ProofWork.Sink {
  private final ProofMemory memory;
  private final ProofAdmission admission;
  private final ProofAnswers answers;
  private final ProofWork work;
  private final Link link;
  private final Consumer<AgentEvent> events;
  private final Map<Digest, ProofTask> tasks = new HashMap<>();

  ProofDesk(
      ProofMemory memory,
      ProofAdmission admission,
      ProofAnswers answers,
      ProofWork work,
      Link link,
      Consumer<AgentEvent> events) {
    this.memory = memory;
    this.admission = admission;
    this.answers = answers;
    this.work = work;
    this.link = link;
    this.events = events;
  }

  /** Does what the proof needs next; if that is nothing, sends the node's last word again. */
  void proceed(OpenProof proof) throws IOException {
    if (tasks.containsKey(proof.id())) {
      return;
    }
    switch (proof) {
      case OpenProof.Challenged challenged -> again(challenged);
      case OpenProof.Received received -> open(received);
      case OpenProof.Committed committed -> answers.repeat(committed);
      case OpenProof.Refused refused -> answers.repeat(refused);
      case OpenProof.Opened opened -> answers.repeat(opened);
    }
  }

  /** Begins the work for a commitment on a device that is reserved for it. */
  void commit(OpenProof.Challenged proof, ProofTask task) {
    ChallengeToken asked = proof.challenge();
    events.accept(new ProofBegun(asked.device(), asked.proof(), asked.deadlineMs()));
    tasks.put(proof.id(), task);
    task.start(running -> work.commit(proof, running, this));
  }

  /** Stops the work and waits until all that is to be said of it is logged. */
  void close() throws InterruptedException {
    List<ProofTask> stopped;
    synchronized (memory) {
      stopped = List.copyOf(tasks.values());
    }
    stopped.forEach(task -> task.stop(ProofTask.Stop.AGENT_STOPS));
    for (ProofTask task : stopped) {
      task.await();
    }
  }

  /** Nobody waits for this proof any more. */
  void ended(OpenProof proof) {
    ProofTask task = tasks.get(proof.id());
    if (task != null) {
      task.stop(ProofTask.Stop.PROOF_ENDED);
    }
  }

  @Override
  public void committed(Digest proof, Commitment commitment, Duration took) {
    finish(proof, chain -> answers.commit(chain, commitment, took));
  }

  @Override
  public void notCommitted(Digest proof, Optional<String> reason) {
    finish(
        proof,
        chain ->
            reason.isPresent() ? answers.refuse(chain, new Limit(reason.get(), Map.of())) : chain);
  }

  @Override
  public void opened(Digest proof, Opening opening, Duration took) {
    finish(proof, chain -> answers.open(chain, chain.receipt().orElseThrow(), opening, took));
  }

  @Override
  public void notOpened(Digest proof, Optional<String> reason) {
    finish(
        proof,
        chain -> {
          reason.ifPresent(sentence -> report(proof, sentence));
          return chain;
        });
  }

  /** What is logged of a proof when a piece of work has ended. */
  private interface Entry {
    ProofChain write(ProofChain chain) throws IOException;
  }

  private void finish(Digest id, Entry entry) {
    synchronized (memory) {
      tasks.remove(id).release();
      Optional<OpenProof> proof = memory.open().find(id);
      if (proof.isEmpty()) {
        return;
      }
      try {
        memory.open().put(entry.write(proof.get().chain()));
      } catch (IOException e) {
        report(id, "machine fault: the node's log cannot be written: " + e.getMessage());
      }
    }
  }

  private void report(Digest proof, String sentence) {
    events.accept(new Trouble(sentence));
    link.send(Faults.of(Fault.INTERNAL, sentence, proof.base64Url()));
  }

  /** After a restart: the work is done again while it can still be in time. */
  private void again(OpenProof.Challenged proof) throws IOException {
    ChallengeToken asked = proof.challenge();
    Instant deadline = Instant.ofEpochSecond(asked.issuedAt()).plusMillis(asked.deadlineMs());
    if (memory.time().now().isAfter(deadline)) {
      refuse(proof, new Limit("the node could not answer, and it is too late now", Map.of()));
      return;
    }
    boolean occupied = memory.open().occupy(asked.device(), proof.id(), memory.time().now());
    switch (admission.decide(asked, occupied)) {
      case ProofAdmission.Answer.Admitted admitted -> commit(proof, admitted.task());
      case ProofAdmission.Answer.Declined declined -> refuse(proof, declined.limit());
    }
  }

  private void refuse(OpenProof proof, Limit limit) throws IOException {
    memory.open().put(answers.refuse(proof.chain(), limit));
  }

  private void open(OpenProof.Received proof) {
    Duration left = memory.time().left(proof.endsBy());
    if (left.isNegative()) {
      return;
    }
    switch (admission.opening(proof.challenge())) {
      case ProofAdmission.Answer.Admitted admitted -> {
        tasks.put(proof.id(), admitted.task());
        admitted.task().start(running -> work.open(proof, running, left, this));
      }
      case ProofAdmission.Answer.Declined declined ->
          report(proof.id(), "the opening has to wait: " + declined.limit().reason());
    }
  }
}
