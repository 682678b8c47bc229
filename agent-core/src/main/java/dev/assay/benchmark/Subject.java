package dev.assay.benchmark;

/**
 * What a benchmark measures.
 *
 * @param topic what it belongs to with others, in lower case, such as {@code disk}
 * @param name unique on its device, of lower-case words joined by hyphens
 * @param title the same for a person
 * @param how what is done, and of which size, in one sentence
 * @param unit what the figure counts
 */
public record Subject(String topic, String name, String title, String how, Unit unit) {}
