/**
 * What a host says that it is.
 *
 * <p>A {@linkplain dev.assay.hardware.PlatformFacts platform} is a list of {@linkplain
 * dev.assay.hardware.Component components} (the processors, the memory, each disk, …). A component
 * has named facts, and a fact is a {@linkplain dev.assay.hardware.Reading reading}: a value, or the
 * reason why it could not be measured, and always the {@linkplain dev.assay.hardware.Source source}
 * it was read from. Where two sources disagree, both readings stand in a {@linkplain
 * dev.assay.hardware.Conflict conflict}. A fact that counts something ends its name with the unit:
 * {@code totalBytes}, {@code maxHertz}, {@code bitsPerSecond}.
 *
 * <p>Facts are claims, not proofs, and hold nothing that names a person: no user or host names, no
 * network addresses, no serial numbers (tokens.md §3).
 */
package dev.assay.hardware;
