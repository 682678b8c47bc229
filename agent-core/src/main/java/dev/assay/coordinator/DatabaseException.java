package dev.assay.coordinator;

import java.sql.SQLException;

/**
 * The database failed: the machine's fault, or its disk is full. What was asked for did not happen.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super("the coordinator's database failed: " + cause.getMessage(), cause);
  }
}
