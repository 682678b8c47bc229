/**
 * Whether a real device does what the tests show of an emulated one, and how fast: every kernel
 * against the processors, every proof at full size with verification, all benchmarks, and matmul
 * against NVIDIA's own library. What comes of it is a {@link dev.assay.gpu.check.GpuCheckResult},
 * of which docs/measurements.md shows the ratios.
 */
package dev.assay.gpu.check;
