package dev.assay.gpu.cuda;

/** A device's memory in bytes, as its driver counts it; {@code free} is what can be allocated. */
public record MemoryInfo(long free, long total) {}
