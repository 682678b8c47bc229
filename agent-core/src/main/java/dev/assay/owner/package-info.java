/**
 * What the owner of a host says about work for others, apart from what each job may have: whether
 * there is any now ({@link dev.assay.owner.Pause}), when there may be ({@link
 * dev.assay.owner.OwnerTerms}: hours, an idle host), and a program of the owner's that may say no
 * to each job ({@link dev.assay.owner.VetoHook}). All of it is asked on the node before anything
 * starts, and each answer names the setting or the command that it comes from.
 */
package dev.assay.owner;
