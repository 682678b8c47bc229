/**
 * What a job is, apart from how it is run: its {@linkplain dev.assay.job.JobSpec specification},
 * the {@linkplain dev.assay.job.OwnerPolicy owner's rules} that it is held against before anything
 * starts, the {@linkplain dev.assay.job.JobState states} that it goes through, each with a revision
 * one higher than the last, and the {@linkplain dev.assay.job.Outcome outcome} that it ends with.
 *
 * <p>A job lives in one directory, {@code jobs/<id>/}: {@code spec.jws} is the signed job token as
 * it came, {@code state.json} the present state, {@code stdout} and {@code stderr} its output,
 * {@code work/} the directory that it runs in and {@code run/} what the runtime needs to find it
 * again. {@link dev.assay.job.JobJournal} keeps the first two: a state is on the disk before anyone
 * hears of it, and an ended job is reported until someone has acknowledged it.
 */
package dev.assay.job;
