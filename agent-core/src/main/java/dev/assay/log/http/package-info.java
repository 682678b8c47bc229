/**
 * A log's directory over HTTP, for anyone to read and for nobody to change (C2SP tlog-tiles). What
 * is complete never changes and may be cached for ever: full tiles, full entry bundles and blobs.
 * Unfinished tiles go away once they are full, and the checkpoint is always asked for anew.
 */
package dev.assay.log.http;
