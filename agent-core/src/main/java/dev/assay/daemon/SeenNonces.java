package dev.assay.daemon;

import dev.assay.proof.Hash32;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The nonces of challenges that have not expired. An expired challenge is refused for its expiry,
 * so its nonce need not be kept, and the set stays as small as a day's challenges.
 */
final class SeenNonces {
  private final Map<Hash32, Instant> expiries = new HashMap<>();

  boolean contains(Hash32 nonce) {
    return expiries.containsKey(nonce);
  }

  void add(Hash32 nonce, Instant expiry, ChallengerTime time) {
    expiries.values().removeIf(time::isPast);
    expiries.put(nonce, expiry);
  }
}
