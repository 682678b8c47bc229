/**
 * How results look to a person: tables, and amounts in units that fit them.
 *
 * <p>A {@link dev.assay.cli.report.Table} is the same rows for every terminal; a {@link
 * dev.assay.cli.report.Style} says whether it may draw lines and use colour.
 */
package dev.assay.cli.report;
