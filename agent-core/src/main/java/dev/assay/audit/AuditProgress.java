package dev.assay.audit;

/** Told how far a replay has come; called often, from one thread. */
@FunctionalInterface
public interface AuditProgress {
  /** So many of the entries have been read. */
  void read(long entries, long total);
}
