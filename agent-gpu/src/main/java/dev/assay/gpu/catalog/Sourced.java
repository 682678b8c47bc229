package dev.assay.gpu.catalog;

/** A figure's value and where it comes from. */
public record Sourced(long value, Origin origin) {}
