/**
 * NVIDIA devices through the CUDA driver's interface, and nothing else of CUDA.
 *
 * <p>{@linkplain dev.assay.gpu.cuda.Driver#open Opening the driver} always answers with a
 * {@linkplain dev.assay.gpu.cuda.DriverState state}; a host without a GPU is one of them. A
 * {@linkplain dev.assay.gpu.cuda.CudaDevice#use device is used} by a task, on a thread of the
 * device's own, with a {@linkplain dev.assay.gpu.cuda.CudaContext context} that closes after it
 * whatever it left open. Whoever waits for the task is never kept by a call that does not return:
 * such a device {@linkplain dev.assay.gpu.cuda.CudaError#NOT_ANSWERING does not answer}. Errors are
 * {@linkplain dev.assay.gpu.cuda.CudaException exceptions} that say what the owner does next.
 */
package dev.assay.gpu.cuda;
