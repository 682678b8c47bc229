package dev.assay.audit;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys that the auditor was given. A key's id is its own digest, so no id can be claimed
 * for another key.
 */
public final class KeyRing {
  private final Map<KeyId, PublicKey> keys;

  /** A ring of these keys. */
  public KeyRing(Collection<PublicKey> keys) {
    Map<KeyId, PublicKey> byId = new HashMap<>();
    keys.forEach(key -> byId.put(key.id(), key));
    this.keys = Map.copyOf(byId);
  }

  /** The same ring with one key more. */
  public KeyRing with(PublicKey key) {
    Map<KeyId, PublicKey> more = new HashMap<>(keys);
    more.put(key.id(), key);
    return new KeyRing(more.values());
  }

  /** The key of this id, if it was given. */
  public Optional<PublicKey> key(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** All keys. */
  public List<PublicKey> all() {
    return List.copyOf(keys.values());
  }
}
