/**
 * How fast an NVIDIA device is: its memory, its caches, the link to the host, its arithmetic and
 * its launches.
 *
 * <p>{@link dev.assay.gpu.bench.GpuBench} measures with kernels of module {@code bench} and the
 * driver's own copies. Time is the host's, around work that has ended: a device's events may lie,
 * and that they do is a finding. Each figure stands beside what the catalogue says of the model.
 */
package dev.assay.gpu.bench;
