package dev.assay.gpu.nvml;

/**
 * What the library says of the driver.
 *
 * @param driverVersion such as {@code 580.95.05}
 * @param cudaVersion the newest CUDA that this driver runs, as 1000 · major + 10 · minor
 */
public record NvmlSystem(
    Measured<String> driverVersion,
    Measured<String> nvmlVersion,
    Measured<Integer> cudaVersion,
    Measured<Integer> deviceCount) {}
