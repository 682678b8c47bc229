package dev.assay.doctor;

/** Whether the coordinator that this node has joined can be reached. */
final class NetworkCheck {
  private static final String CHECK = "coordinator";

  private NetworkCheck() {}

  static Line of(Reach reach) {
    return switch (reach) {
      case Reach.NotJoined none ->
          Line.information(CHECK, "This node has joined no coordinator; assay join TOKEN does.");
      case Reach.Unreadable file ->
          Line.failure(
              CHECK,
              "What says whom this node has joined cannot be read: " + file.reason() + ".",
              "assay join TOKEN");
      case Reach.UnknownName unknown ->
          Line.failure(CHECK, "The coordinator's name has no address.", "resolvectl query NAME");
      case Reach.NoConnection none ->
          Line.failure(
              CHECK,
              "The coordinator cannot be reached: " + none.reason() + ".",
              "open this host's firewall to the address in coordinator.json, or ask its operator");
      case Reach.NoTls other ->
          Line.failure(
              CHECK,
              "What answers at the coordinator's address does not speak TLS 1.3: "
                  + other.reason()
                  + ".",
              "look for a proxy in between: Assay needs the bare connection");
      case Reach.OtherKey other ->
          Line.failure(
              CHECK,
              "Somebody else answers at the coordinator's address: the key is not the one that"
                  + " this node joined.",
              "ask its operator; if the key was changed, get a new token and: assay join TOKEN");
      case Reach.Reached reached ->
          Line.ok(CHECK, "It answers under its key within %d ms.".formatted(reached.millis()));
    };
  }
}
