package dev.assay.benchmark;

/**
 * Something about a device or its figures that a reader must know.
 *
 * @param name of lower-case words joined by hyphens, for programs
 * @param sentence for a person: what is the case, and what to do
 */
public record Finding(String name, String sentence) {}
