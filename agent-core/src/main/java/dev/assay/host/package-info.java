/**
 * Reads the facts of a Linux host.
 *
 * <p>Acquiring and interpreting are apart. {@code HostFiles} copies the few files listed in {@code
 * ReadList} into a {@code RawHost}, each under a time limit, below any root directory; everything
 * else is a function of that copy, so a directory tree made by a test is as good as a machine. OSHI
 * (its part without native code) gives a second opinion on what it also knows. Probes of other
 * hardware read their own lists the same way and write {@link dev.assay.host.FactSheet}s.
 */
package dev.assay.host;
