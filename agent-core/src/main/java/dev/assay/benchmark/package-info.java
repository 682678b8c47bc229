/**
 * How fast a device is: what a benchmark is, how one is repeated and timed, and what came of it.
 *
 * <p>A {@linkplain dev.assay.benchmark.Benchmark benchmark} says how much work it did; {@link
 * dev.assay.benchmark.Repetition} holds the clock, repeats it and keeps every run, so that a {@link
 * dev.assay.benchmark.Figure} is a median with its spread and, where it is known, what the model
 * should reach. What could not be measured says why instead of showing a number.
 *
 * <p>Figures are an owner's own view of a machine. They are not evidence: proofs are.
 */
package dev.assay.benchmark;
