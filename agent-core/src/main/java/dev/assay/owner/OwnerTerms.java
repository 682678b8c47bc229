package dev.assay.owner;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the owner of the host lets work for others begin, jobs and proofs alike.
 *
 * @param hours the times of the week ({@code owner.hours}); at all times by default
 * @param mostMilliLoad the highest load average of the last minute, in thousandths ({@code
 *     owner.idle-load}); any by default
 * @param quiet for how long nobody may have typed at a terminal ({@code owner.idle-input}); by
 *     default it does not matter
 * @param veto a program that may say no to each job ({@code owner.veto}); none by default
 */
public record OwnerTerms(
    Hours hours, OptionalLong mostMilliLoad, Optional<Duration> quiet, Optional<VetoHook> veto) {
  /** Anything at any time, as far as what each job may have allows. */
  public static final OwnerTerms DEFAULT =
      new OwnerTerms(Hours.ALWAYS, OptionalLong.empty(), Optional.empty(), Optional.empty());
}
