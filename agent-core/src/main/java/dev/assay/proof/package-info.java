/**
 * The three proofs: their parameters, what a prover commits to, what it opens, and how anyone
 * checks it on one ordinary core.
 *
 * <p>A proof goes <em>seed → commitment → opening → verdict</em>. The {@link
 * dev.assay.proof.DeviceSeed} ties the work to one node, device and nonce. A {@link
 * dev.assay.proof.Prover} does the work and gives a {@link dev.assay.proof.Commitment}: BLAKE3
 * roots of large arrays. A later seed {@link dev.assay.proof.Picks picks} a few places in them, the
 * prover {@link dev.assay.proof.Opening opens} these, and the {@link dev.assay.proof.Verifier}
 * recomputes exactly these. Everything here is pure computation on the JDK alone; the specification
 * is proofs.md.
 */
package dev.assay.proof;
