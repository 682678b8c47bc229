package dev.assay.daemon;

import dev.assay.crypto.SigningKey;
import dev.assay.hardware.HardwareProbe;
import dev.assay.job.JobJournal;
import dev.assay.job.OwnerPolicy;
import dev.assay.log.store.LogStore;
import dev.assay.owner.OwnerConsent;
import dev.assay.owner.PauseFile;
import dev.assay.proof.Prover;
import dev.assay.runtime.JobRuntime;
import dev.assay.wire.ClientConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What an agent is made of. The log, the journal and the runtime stay their giver's to close, after
 * the agent.
 *
 * @param version the agent's name and version, for people
 * @param key the node's key
 * @param bootEpoch the number of this start, see {@link BootEpoch}
 * @param coordinator whose word counts
 * @param wire how it is reached
 * @param log the node's log
 * @param provers one for each device that can be challenged
 * @param notes a sentence for whatever people should know of devices that cannot be challenged
 * @param hardware reads the host
 * @param proofBounds what the owner lets proofs take
 * @param jobs the journal of jobs
 * @param runtime runs jobs
 * @param jobPolicy what the owner lets jobs have
 * @param pause where the owner's pause is kept
 * @param consent the owner's terms for when work may begin
 * @param clock the time of day, as far as this host knows it
 * @param nanos a clock that only goes forward
 * @param random for nonces and for spreading attempts to connect
 * @param events told everything that a person may want to see; called from several threads
 */
public record AgentParts(
    String version,
    SigningKey key,
    long bootEpoch,
    PinnedCoordinator coordinator,
    ClientConfig wire,
    LogStore log,
    List<Prover> provers,
    List<String> notes,
    HardwareProbe hardware,
    ProofBounds proofBounds,
    JobJournal jobs,
    JobRuntime runtime,
    OwnerPolicy jobPolicy,
    PauseFile pause,
    OwnerConsent consent,
    InstantSource clock,
    LongSupplier nanos,
    SecureRandom random,
    Consumer<AgentEvent> events) {
  /** Copies the lists. */
  public AgentParts {
    provers = List.copyOf(provers);
    notes = List.copyOf(notes);
  }
}
