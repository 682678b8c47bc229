package dev.assay.wire;

import dev.assay.crypto.PublicKey;

/**
 * A node is enrolled.
 *
 * @param coordinator the coordinator's name, for people
 * @param key the key that the coordinator has shown and proved to hold
 */
public record Enrolment(String coordinator, PublicKey key) {}
