package dev.assay.token;

/**
 * A well-formed token whose {@code typ}, or whose EAT profile or kind, is none of ours. Its
 * signature can be checked, its claims mean nothing to us.
 *
 * @param kind what it says that it is
 */
public record UnknownToken(Jws jws, String kind) implements ParsedToken {}
