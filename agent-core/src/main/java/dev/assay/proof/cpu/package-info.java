/**
 * The proofs computed on a host's own processors, device {@code cpu:0}: every core, and memory
 * outside the Java heap where a proof needs more than an array can hold.
 */
package dev.assay.proof.cpu;
