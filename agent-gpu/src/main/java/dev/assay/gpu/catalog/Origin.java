package dev.assay.gpu.catalog;

/** Where a figure was published, or from which published figures it was derived. */
public record Origin(String title, String url) {}
