/**
 * What is wrong with a host, and the command that mends it.
 *
 * <p>{@link dev.assay.doctor.Examination} reads everything in one place and judges nothing; {@link
 * dev.assay.doctor.Diagnosis} judges what was read and reads nothing. A {@linkplain
 * dev.assay.doctor.Line line} is fine, for information, a warning, or a failure. A host without a
 * GPU is a host without a GPU, not a broken one.
 */
package dev.assay.doctor;
