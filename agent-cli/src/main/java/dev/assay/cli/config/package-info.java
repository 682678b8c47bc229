/**
 * The owner's settings, from {@code assay.toml} in the home.
 *
 * <p>{@link dev.assay.cli.config.Settings} lists every key once, with its kind, its default and
 * what it is for; reading a file, checking it, and writing one that explains itself all follow that
 * list. Reading reports every problem of a file at once, each with its line and column. The result
 * is a {@link dev.assay.cli.config.Configuration} of plain records.
 */
package dev.assay.cli.config;
