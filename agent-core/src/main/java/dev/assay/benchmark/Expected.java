package dev.assay.benchmark;

/**
 * What a device of this model should reach.
 *
 * @param value in the unit of the figure
 * @param source where that is from
 */
public record Expected(double value, String source) {}
