/**
 * The commands of {@code assay}: the place where the parts are put together, and the only one that
 * ends the process.
 */
package dev.assay.cli;
