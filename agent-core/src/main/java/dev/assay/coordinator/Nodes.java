package dev.assay.coordinator;

import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import dev.assay.wire.FromNode.Hello;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Enrolled nodes and the join tokens that enrol them. */
final class Nodes {
  private static final String SEPARATOR = " ";

  private final Database database;

  Nodes(Database database) {
    this.database = database;
  }

  /** Remembers a join token by the digest of its secret. */
  void invite(Digest secret, long expires) {
    database.update(
        "INSERT INTO join_token (secret, expires) VALUES (?, ?)", secret.base64Url(), expires);
  }

  /**
   * Enrols a node against a join token, once. A node that used this very token before is enrolled
   * already.
   *
   * @return why not, or empty
   */
  synchronized Optional<String> enrol(PublicKey node, Digest secret, long now) {
    record Token(long expires, Optional<String> usedBy) {}
    Optional<Token> token =
        database.first(
            row -> new Token(row.getLong(1), Optional.ofNullable(row.getString(2))),
            "SELECT expires, used_by FROM join_token WHERE secret = ?",
            secret.base64Url());
    if (token.isEmpty()) {
      return Optional.of("this join token is not one of this coordinator's: ask for a new one");
    }
    Optional<String> usedBy = token.get().usedBy();
    if (usedBy.isPresent() && !usedBy.get().equals(node.id().value())) {
      return Optional.of("this join token was used by another node: ask for a new one");
    }
    if (usedBy.isEmpty() && token.get().expires() < now) {
      return Optional.of("this join token has expired: ask for a new one");
    }
    // The token first: between the two statements a crash may leave it used, never free.
    database.update(
        "UPDATE join_token SET used_by = ? WHERE secret = ?",
        node.id().value(),
        secret.base64Url());
    database.update(
        "INSERT INTO node (id, jwk, enrolled) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        node.id().value(),
        node.jwk(),
        now);
    return Optional.empty();
  }

  /** Notes what a node says of itself as it opens a session. */
  void seen(Hello hello, long now) {
    database.update(
        "UPDATE node SET last_seen = ?, boot_epoch = ?, agent_version = ?, devices = ?, platform ="
            + " ? WHERE id = ?",
        now,
        hello.bootEpoch(),
        hello.agentVersion(),
        String.join(SEPARATOR, hello.devices()),
        hello.platform(),
        hello.node().value());
  }

  /** Notes when a node's session ended. */
  void left(String id, long now) {
    database.update("UPDATE node SET last_seen = ? WHERE id = ?", now, id);
  }

  void cosigned(String id, TreeHead head) {
    database.update(
        "UPDATE node SET log_size = ?, log_root = ? WHERE id = ?",
        head.size(),
        head.root().base64(),
        id);
  }

  /** Keeps the first checkpoint that contradicts what was cosigned. */
  void forked(String id, String checkpoint) {
    database.update("UPDATE node SET fork = coalesce(fork, ?) WHERE id = ?", checkpoint, id);
  }

  Optional<NodeRecord> find(String id) {
    return database.first(Nodes::read, "SELECT * FROM node WHERE id = ?", id);
  }

  List<NodeRecord> list() {
    return database.list(Nodes::read, "SELECT * FROM node ORDER BY enrolled, id");
  }

  private static NodeRecord read(ResultSet row) throws SQLException {
    long lastSeen = row.getLong("last_seen");
    OptionalLong seen = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(lastSeen);
    long size = row.getLong("log_size");
    String devices = row.getString("devices");
    return new NodeRecord(
        PublicKey.ofJwk(row.getString("jwk").getBytes(StandardCharsets.UTF_8)),
        row.getLong("enrolled"),
        seen,
        row.getLong("boot_epoch"),
        row.getString("agent_version"),
        devices.isEmpty() ? List.of() : Arrays.asList(devices.split(SEPARATOR)),
        row.getString("platform"),
        size == 0
            ? TreeHead.EMPTY
            : new TreeHead(size, TreeHash.ofBase64(row.getString("log_root"))),
        Optional.ofNullable(row.getString("fork")));
  }
}
