/**
 * Files that survive a crash: written beside their name, made durable, renamed, and the directory
 * made durable too.
 */
package dev.assay.durable;
