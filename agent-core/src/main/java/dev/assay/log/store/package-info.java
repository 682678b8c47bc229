/** A log on disk: durable append, recovery, blobs. */
package dev.assay.log.store;
