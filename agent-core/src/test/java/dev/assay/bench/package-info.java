/**
 * The table of measured figures. Each row stands beside a yardstick that everyone has (b3sum,
 * openssl, plain writes with fsync), run just before and just after it on the same machine, so that
 * the ratio means something where neither figure alone does. {@code packaging/bench} starts it.
 */
package dev.assay.bench;
