/**
 * NVIDIA GPUs. Each package below is one noun: the driver ({@code cuda}), the management library
 * ({@code nvml}), the proofs, the benchmarks, the catalogue of models, and the probe that brings
 * together what all of them say of a device. docs/gpu.md lists the facts and explains the
 * catalogue.
 */
package dev.assay.gpu;
