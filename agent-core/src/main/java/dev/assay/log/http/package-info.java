/** A log's files over HTTP, for anyone to read. */
package dev.assay.log.http;
