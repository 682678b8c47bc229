/**
 * What parties sign: one record for each kind of token of tokens.md, and their compact JWS form.
 *
 * <p>A token is three base64url texts joined by dots: a header {@code
 * {"alg":"Ed25519","typ":"…","kid":"ID"}}, claims in JSON, and a signature over both. {@link
 * dev.assay.token.Jws} is that envelope, {@link dev.assay.token.Token} the claims, {@link
 * dev.assay.token.SignedToken} the two together, {@link dev.assay.token.Tokens} signs and reads
 * them. Tokens refer to each other by the digest of their compact bytes, and {@link
 * dev.assay.token.ProofChain} holds one proof's tokens against each other.
 *
 * <p>Reading is strict where a second reading could differ: one spelling of base64url, no duplicate
 * members, integers only, a header of exactly those three members, and no unknown member inside
 * {@code assay} and what it holds. Claims that we do not know beside {@code assay} are ignored, as
 * RFC 7519 §4 asks, and decide nothing.
 */
package dev.assay.token;
