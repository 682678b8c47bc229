/**
 * The proofs computed by an NVIDIA device, {@code cuda:N}: memory-fill with the image and its tree
 * in the device's memory, and matmul with the digest fused into the product. Bit for bit the same
 * as on processors. Times come from the host's clock; what a device says of time decides nothing.
 */
package dev.assay.gpu.proof;
