/**
 * What NVIDIA's management library says of a host's GPUs.
 *
 * <p>{@link dev.assay.gpu.nvml.NvmlLibrary} is the library as this process loaded it, {@link
 * dev.assay.gpu.nvml.Nvml} one use of it from initialisation to shutdown. Every call runs under a
 * time limit, and handles are looked up anew for each device that is read, because a handle does
 * not survive a reset of its GPU. A library that is absent, a function that this driver lacks, a
 * call that fails or hangs: each is an answer, {@link dev.assay.gpu.nvml.Measured.Not}, and never
 * an exception.
 *
 * <p>Units are SI base units or bytes, except where a name says otherwise. Functions and structures
 * follow NVIDIA's "NVML API Reference Guide" (<a
 * href="https://docs.nvidia.com/deploy/nvml-api/">docs.nvidia.com/deploy/nvml-api</a>).
 */
package dev.assay.gpu.nvml;
