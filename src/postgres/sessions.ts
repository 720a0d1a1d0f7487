// Since when a session's transaction may have had its time: conditions and expressions of pg_stat_activity.

/** Of this database; autovacuum writes no rows of its own. */
export const OTHER_SESSIONS = `
  datname = current_database() AND pid <> pg_backend_pid() AND backend_type IS DISTINCT FROM 'autovacuum worker'`;

/** Without pg_read_all_stats those of others are. */
export const HIDDEN = "backend_start IS NULL AND query = '<insufficient privilege>'";

/**
 * When the transaction began, NULL without one. One that has begun and not yet said so is taken by its query's begin. Of two kinds
 * it is not told, only that there is one, by its lock on itself: then it is no older than its session. They are those where
 * track_activities is off, and walsenders, which may run a client's SQL (`replication=database`); where they send the log, their
 * transactions only read.
 */
export const BEGAN = `CASE
  WHEN xact_start IS NOT NULL THEN xact_start
  WHEN state IN ('active', 'fastpath function call') AND backend_type IS DISTINCT FROM 'walsender' THEN query_start
  WHEN (state IS NULL OR state = 'disabled' OR backend_type = 'walsender')
    AND EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'virtualxid' AND l.pid = pg_stat_activity.pid)
    AND NOT EXISTS (SELECT FROM pg_stat_get_wal_senders() s WHERE s.pid = pg_stat_activity.pid AND s.state <> 'startup')
    THEN backend_start
  END`;
