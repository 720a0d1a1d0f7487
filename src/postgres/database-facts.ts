// What a database says of itself: primary or replica, its version, and what its user may see.
import type { SourceConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import type { DatabaseFacts } from '../preflight/facts';
import type { Database } from './database';

const FACTS = `
  SELECT current_user::text, current_setting('server_version_num'), pg_is_in_recovery()::text,
    (has_table_privilege('pg_catalog.pg_locks', 'SELECT')
      AND has_function_privilege('pg_catalog.pg_lock_status()', 'EXECUTE'))::text,
    (pg_has_role('pg_read_all_stats', 'USAGE')
      AND has_table_privilege('pg_catalog.pg_stat_activity', 'SELECT'))::text,
    has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')::text`;
const SYSTEM_IDENTIFIER = 'SELECT system_identifier::text FROM pg_catalog.pg_control_system()';

/** One round trip; two for connectless.mode=xid8, which alone needs the cluster's identifier. Throws what the database throws. */
export async function readDatabaseFacts(
  database: Pick<Database, 'query'>,
  mode: SourceConfig['mode'],
): Promise<DatabaseFacts> {
  const [[facts = []] = []] = await database.query([FACTS]);
  const [user, version, replica, locks, statistics, control] = facts;
  return {
    user: user ?? '',
    serverVersion: Number(version),
    isReplica: replica === 'true',
    canReadLocks: locks === 'true',
    canReadStatistics: statistics === 'true',
    systemIdentifier: mode === 'xid8' && control === 'true' ? await systemIdentifier(database) : undefined,
  };
}

/** Some hosted Postgres have the function and refuse the call: undefined. */
export async function systemIdentifier(database: Pick<Database, 'query'>): Promise<string | undefined> {
  try {
    const [[row] = []] = await database.query([SYSTEM_IDENTIFIER]);
    return row?.[0] ?? undefined;
  } catch (error) {
    if (error instanceof ConnectlessError && !error.retryable) return undefined;
    throw error;
  }
}
