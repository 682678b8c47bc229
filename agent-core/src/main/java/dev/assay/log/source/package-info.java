/**
 * Reading a log from its files, wherever they are: a directory or a web address. A {@link
 * dev.assay.log.source.LogSource} fetches one file by its path; a {@link
 * dev.assay.log.source.LogReader} goes through the entries in order with the memory of one bundle,
 * and computes the root as it goes.
 */
package dev.assay.log.source;
