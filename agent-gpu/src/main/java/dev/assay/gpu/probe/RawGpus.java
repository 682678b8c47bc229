package dev.assay.gpu.probe;

import dev.assay.host.RawHost;

/** Everything that was read of a host's GPUs, from each source apart. */
record RawGpus(CudaView cuda, NvmlView nvml, RawHost files, LoaderSettings loader) {}
