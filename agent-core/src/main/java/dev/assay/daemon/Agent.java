package dev.assay.daemon;

import dev.assay.control.ControlHandler;
import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.job.StopReason;
import dev.assay.wire.WireClient;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The agent while it runs. {@link #start} is where all of it is put together: what both pipelines
 * stand on, jobs, proofs, and the session that hands messages to them.
 */
public final class Agent implements AutoCloseable {
  private static final long REFRESH_SECONDS = 60;
  private static final long JOBS_SECONDS = 10;

  private final AgentBase base;
  private final ScheduledExecutorService jobThread;
  private final ScheduledExecutorService vetoThread;
  private final JobRuns runs;
  private final ProofDevices devices;
  private final ProofAdmission admission;
  private final ProofDesk desk;
  private final ProofPipeline proofs;
  private final SelfTest selfTest;
  private final OwnerCommands owner;
  private final AgentStatus status;
  private final Future<?> refresh;
  private final WireClient client;

  /**
   * Starts an agent: probes the host, logs the evidence, takes up what is open, and dials.
   *
   * @throws IOException if the log cannot be read or written
   */
  public static Agent start(AgentParts parts) throws IOException {
    WorkGate gate = WorkGate.open(parts);
    return new Agent(AgentBase.open(parts), gate);
  }

  private Agent(AgentBase base, WorkGate gate) {
    this.base = base;
    AgentParts parts = base.parts();
    Link link = base.link();
    this.devices = new ProofDevices(parts.provers());

    this.jobThread = AgentBase.threads("assay-jobs", 1);
    JobTokens jobTokens = new JobTokens(base);
    JobRules jobRules = new JobRules(base, gate);
    JobReports reports = new JobReports(parts.jobs(), jobTokens, link, base.events());
    this.runs = new JobRuns(base, jobTokens, jobRules, reports, this::makeWay, jobThread);
    this.vetoThread = AgentBase.threads("assay-veto", 1);
    Optional<JobVeto> veto =
        parts.consent().terms().veto().map(hook -> new JobVeto(hook, vetoThread, base.events()));
    JobPipeline jobs = new JobPipeline(parts.jobs(), jobRules, runs, reports, veto, parts.clock());
    JobOutputs outputs =
        new JobOutputs(parts.jobs(), parts.jobPolicy().maxOutputBytes(), link, base.events());

    this.admission =
        new ProofAdmission(devices, parts.proofBounds(), base.platform(), runs::anyRunning, gate);
    ProofAnswers answers = ProofAnswers.of(base);
    ProofWork work = new ProofWork(base.node(), base.timer(), parts.nanos());
    this.desk = new ProofDesk(base.memory(), admission, answers, work, link, base.events());
    this.proofs = new ProofPipeline(base, admission, answers, desk);
    this.selfTest = SelfTest.of(base);
    this.owner = new OwnerCommands(base, gate, runs, devices, proofs);
    this.status = new AgentStatus(base, devices, proofs, gate);

    Greeting greeting = Greeting.of(base, devices, reports, gate);
    AgentSession session =
        new AgentSession(base, greeting, proofs, jobs, outputs, new BlobPieces(parts.log()), owner);
    runs.adopt();
    owner.begin();
    this.refresh =
        base.timer()
            .scheduleWithFixedDelay(
                base.platform()::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    this.client = WireClient.start(parts.wire(), parts.random(), session);
  }

  /** Completes, exceptionally, when the agent cannot go on and has to be closed. */
  public CompletionStage<Void> failure() {
    return base.failure();
  }

  /**
   * What the control socket answers.
   *
   * @param stop called when the agent is asked to stop; it closes the agent, on another thread
   */
  public ControlHandler control(Runnable stop) {
    return new AgentControl(status, selfTest, devices, proofs, owner, base.parts().clock(), stop);
  }

  /** Asks every job to end, each within its own grace, and waits for them for a while. */
  public void stopJobs() throws InterruptedException {
    runs.stopAll(StopReason.OWNER);
    long most = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOBS_SECONDS);
    while (runs.anyRunning() && System.nanoTime() < most) {
      Thread.sleep(50);
    }
  }

  /**
   * Ends the agent: work on proofs stops and is declined, what is being logged is finished, the
   * session ends with a reason. Jobs run on, and the next agent finds them.
   */
  @Override
  public void close() {
    admission.stop();
    devices.stopAll();
    vetoThread.shutdownNow();
    boolean interrupted = false;
    try {
      desk.close();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    base.link().close("the node's agent is being stopped");
    client.close();
    refresh.cancel(true);
    jobThread.shutdown();
    base.timer().shutdown();
    try {
      if (!jobThread.awaitTermination(JOBS_SECONDS, TimeUnit.SECONDS)) {
        base.events().accept(new Trouble("a job's last step was left to the next start"));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeWay() {
    if (!base.parts().proofBounds().besideJobs()) {
      devices.yieldToJob();
    }
  }
}
