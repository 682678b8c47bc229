/**
 * CUDA devices. Nothing is offered here yet: a host's devices are its processors, and a GPU is
 * listed only as a fact of the host.
 */
package dev.assay.gpu;
