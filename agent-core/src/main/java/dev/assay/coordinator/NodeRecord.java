package dev.assay.coordinator;

import dev.assay.crypto.PublicKey;
import dev.assay.log.TreeHead;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the coordinator knows of an enrolled node.
 *
 * @param enrolled seconds since 1970
 * @param lastSeen seconds since 1970, when it last opened a session or a session of it ended
 * @param devices ids of the devices that it offers
 * @param platform its platform evidence in compact form, empty before its first session
 * @param log the state of its log that was cosigned last
 * @param fork a checkpoint that contradicts that state, if it ever sent one
 */
public record NodeRecord(
    PublicKey key,
    long enrolled,
    OptionalLong lastSeen,
    long bootEpoch,
    String agentVersion,
    List<String> devices,
    String platform,
    TreeHead log,
    Optional<String> fork) {
  /** The node's key id. */
  public String id() {
    return key.id().value();
  }
}
