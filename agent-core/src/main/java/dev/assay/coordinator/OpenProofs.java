package dev.assay.coordinator;

import dev.assay.token.ProofChain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The proofs under way: at most one a device. */
final class OpenProofs {
  /** A device of a node. */
  private record Place(String node, String device) {
    private static Place of(ProofChain chain) {
      return new Place(chain.node().value(), chain.challenge().token().device());
    }
  }

  /** The places hold their nodes, so that one node's proofs are found without touching others'. */
  private record Entry(Place place, OpenProof proof, boolean freed) {}

  private final Set<Place> taken = ConcurrentHashMap.newKeySet();
  private final Map<String, Entry> byId = new ConcurrentHashMap<>();

  /** Takes a device for a proof that is to begin; false if it has one. */
  boolean take(String node, String device) {
    return taken.add(new Place(node, device));
  }

  /** Gives a device back whose proof did not begin. */
  void giveBack(String node, String device) {
    taken.remove(new Place(node, device));
  }

  void add(OpenProof proof) {
    Place place = Place.of(proof.chain());
    taken.add(place);
    byId.put(proof.id(), new Entry(place, proof, false));
  }

  /** Another proof of the device may begin, while this one is not written down as ended yet. */
  void free(OpenProof proof) {
    byId.computeIfPresent(
        proof.id(),
        (id, entry) -> {
          taken.remove(entry.place);
          return new Entry(entry.place, entry.proof, true);
        });
  }

  void remove(OpenProof proof) {
    Entry entry = byId.remove(proof.id());
    if (entry != null && !entry.freed) {
      taken.remove(entry.place);
    }
  }

  Optional<OpenProof> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(Entry::proof);
  }

  List<OpenProof> of(String node) {
    return byId.values().stream()
        .filter(entry -> entry.place.node.equals(node))
        .map(Entry::proof)
        .toList();
  }
}
