/**
 * Benchmarks of the host itself: memory bandwidth, processors and a disk.
 *
 * <p>Processors do Assay's own work (SHA-256 chains, BLAKE3, exact 8-bit products), so a figure
 * says what a proof can reach here. Disks are measured past the system's cache or not at all.
 */
package dev.assay.benchmark.host;
