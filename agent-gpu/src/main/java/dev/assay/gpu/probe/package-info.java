/**
 * What a host says of its NVIDIA GPUs.
 *
 * <p>Acquiring and interpreting are apart: {@code RawGpus} holds what the driver's interface, the
 * management library and a few files say, and everything else is a function of it. Nothing is
 * resolved in silence: where sources disagree, a conflict lists all of them; a library that is not
 * where or whose one expects it is a fact and no accusation. A GPU is listed as a device only if
 * the driver offers it for computing; an adapter without one stays what the host's probe found on
 * the PCI bus.
 */
package dev.assay.gpu.probe;
