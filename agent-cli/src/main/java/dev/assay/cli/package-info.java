/**
 * The commands of {@code assay}: the place where the parts are put together, and the only one that
 * ends the process.
 *
 * <p>Each command is one class, named in the {@code subcommands} of its parent, that takes a {@link
 * dev.assay.cli.Cli} in its constructor and returns an exit code of {@link dev.assay.cli.ExitCode}.
 * A command prints its result to {@code cli.out()} and throws what it cannot handle: {@code
 * Failures} turns every exception into one sentence on standard error and an exit code.
 */
package dev.assay.cli;
