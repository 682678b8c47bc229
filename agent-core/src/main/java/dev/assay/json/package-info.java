/**
 * Strict JSON: what is read here has no duplicate member, no trailing bytes, no unknown member
 * unless asked for, and every number is an integer in its stated range. Each refusal names the
 * place, as in {@code assay.proof.labels: expected an integer from 1024 to 68719476736, found 7}.
 */
package dev.assay.json;
