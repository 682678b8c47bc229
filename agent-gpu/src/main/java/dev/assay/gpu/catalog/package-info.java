/**
 * What models of GPU should be able to do, and which of them a measured device behaves like.
 *
 * <p>{@link dev.assay.gpu.catalog.Catalog} holds the published figures of NVIDIA's models from
 * Turing to Blackwell, each with its source; a figure without one is absent and says why. {@link
 * dev.assay.gpu.catalog.Classification} compares what a device has proven and measured with them.
 * Both are pure: no device is asked. docs/gpu.md describes the file and the formula.
 */
package dev.assay.gpu.catalog;
