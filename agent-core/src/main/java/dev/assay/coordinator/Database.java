package dev.assay.coordinator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The coordinator's tables in one SQLite file. A change is durable when the call that makes it
 * returns ({@code synchronous=FULL}). Calls of several threads follow one another.
 */
final class Database implements AutoCloseable {
  private static final int VERSION = 1;

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE join_token (
            secret TEXT PRIMARY KEY, -- SHA-256, base64url: the secret itself is never kept
            expires INTEGER NOT NULL,
            used_by TEXT)
          """,
          """
          CREATE TABLE node (
            id TEXT PRIMARY KEY,
            jwk TEXT NOT NULL,
            enrolled INTEGER NOT NULL,
            last_seen INTEGER,
            boot_epoch INTEGER NOT NULL DEFAULT 0,
            agent_version TEXT NOT NULL DEFAULT '',
            devices TEXT NOT NULL DEFAULT '',
            platform TEXT NOT NULL DEFAULT '',
            log_size INTEGER NOT NULL DEFAULT 0, -- what was cosigned last
            log_root TEXT NOT NULL DEFAULT '',
            fork TEXT) -- a checkpoint that contradicts it: evidence
          """,
          """
          CREATE TABLE proof (
            id TEXT PRIMARY KEY,
            node TEXT NOT NULL REFERENCES node,
            device TEXT NOT NULL,
            created INTEGER NOT NULL,
            state TEXT NOT NULL,
            challenge_digest TEXT NOT NULL UNIQUE,
            receipt_digest TEXT UNIQUE,
            challenge TEXT NOT NULL, -- tokens in compact form
            commitment TEXT,
            refusal TEXT,
            receipt TEXT,
            opening TEXT,
            result TEXT,
            evidence TEXT, -- the first token that contradicts one of the others
            note TEXT NOT NULL DEFAULT '')
          """,
          "CREATE INDEX proof_of_node ON proof (node, created)",
          "CREATE TABLE calibration (class TEXT PRIMARY KEY, per_second REAL NOT NULL, measured"
              + " INTEGER NOT NULL)",
          """
          CREATE TABLE job (
            id TEXT PRIMARY KEY,
            node TEXT NOT NULL REFERENCES node,
            token TEXT NOT NULL,
            token_digest TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL, -- after this the node does not begin it
            sent INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT -1,
            detail TEXT NOT NULL DEFAULT '',
            cancel TEXT, -- the reason, once it is to be cancelled
            start_token TEXT,
            end_token TEXT,
            end_revision INTEGER,
            done INTEGER NOT NULL DEFAULT 0) -- the end is stored with all output, and acknowledged
          """,
          "CREATE INDEX job_of_node ON job (node, done)");

  /** Reads one row of a query's answer. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** Opens the file and makes the tables if it is new; only its owner can read it. */
  static Database open(Path file) throws IOException, SQLException {
    Set<PosixFilePermission> ownersOnly = PosixFilePermissions.fromString("rw-------");
    if (Files.notExists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersOnly));
    }
    // SQLite gives the files beside it the same permissions.
    Files.setPosixFilePermissions(file, ownersOnly);
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute("PRAGMA foreign_keys=ON");
      }
      Database database = new Database(connection);
      database.migrate(file);
      return database;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Changes rows; returns how many. */
  synchronized int update(String sql, Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** All rows of a query's answer. */
  synchronized <T> List<T> list(Row<T> row, String sql, Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(row.read(rows));
      }
      return List.copyOf(list);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** The only row of a query's answer, if there is one. */
  <T> Optional<T> first(Row<T> row, String sql, Object... values) {
    return list(row, sql, values).stream().findFirst();
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void migrate(Path file) throws SQLException {
    int version = first(row -> row.getInt(1), "PRAGMA user_version").orElseThrow();
    if (version > VERSION) {
      throw new SQLException(
          file + " was written by a newer version of this software: run that one");
    }
    if (version == VERSION) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String table : SCHEMA) {
        statement.execute(table);
      }
      statement.execute("PRAGMA user_version=" + VERSION);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
