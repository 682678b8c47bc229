package dev.assay.proof;

/** The context strings of derive_key, all under one prefix (proofs.md, first section). */
public enum Context {
  /** Binds the work to node, device, nonce and parameters. */
  DEVICE_SEED("device seed"),
  /** Picks the places that are opened. */
  OPENINGS("openings"),
  /** The chained keys of memory-fill. */
  MEMORY_KEY("memory key"),
  /** The chained keys of matmul. */
  MATMUL_KEY("matmul key"),
  /** Where a hash chain starts. */
  CHAIN_START("chain start"),
  /** What a hash chain mixes in. */
  CHAIN_SALT("chain salt");

  private final String text;

  Context(String purpose) {
    this.text = "assay 2026-11-22 v1 " + purpose;
  }

  /** {@code derive_key} of this context and the joined material. */
  public Hash32 derive(byte[]... material) {
    return Blake3.deriveKey(text, material);
  }
}
