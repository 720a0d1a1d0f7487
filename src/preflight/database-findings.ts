// Whether a database lets a mode find every row: what it is, and what its user may see.

import type { SourceConfig } from '../config/source-model';
import { identifier } from '../postgres/sql';
import type { DatabaseFacts } from './facts';
import type { Finding } from './finding';

type Config = Pick<SourceConfig, 'mode' | 'database'>;

/** Of pg_current_xact_id and xid8. */
const XID8_SINCE = 130_000;
/** `my-proxy.proxy-c1a2b3.eu-central-1.rds.amazonaws.com`, and its endpoints. */
const RDS_PROXY = /\.proxy-[^.]+\.[^.]+\.rds\.amazonaws\.com(\.cn)?$/i;

export function databaseFindings(facts: DatabaseFacts, { mode, database }: Config): Finding[] {
  const isFenced = mode !== 'bulk' && mode !== 'xid8';
  const usesTimestamps = mode === 'timestamp' || mode === 'timestamp+incrementing';
  const findings: (Finding | false)[] = [
    'host' in database && RDS_PROXY.test(database.host) && rdsProxy(database.host),
    facts.isReplica && mode !== 'bulk' && replica(),
    isFenced && !facts.canReadLocks && locksHidden(facts.user),
    isFenced && !facts.canReadStatistics && statisticsHidden(facts.user, usesTimestamps),
    ...(mode === 'xid8' ? xid8Findings(facts) : []),
  ];
  return findings.filter((finding) => finding !== false);
}

function rdsProxy(host: string): Finding {
  return {
    severity: 'error',
    code: 'POSTGRES_POOLED',
    what: `${host} is an RDS Proxy, which lends the connections of others: settings of the session, and what is read by them, do not hold there.`,
    write:
      "Let connection.url name the cluster's writer endpoint: one invocation at a time holds one or two connections.",
  };
}

function replica(): Finding {
  return {
    severity: 'error',
    code: 'READ_REPLICA',
    what: 'This Postgres is a read replica, where the open transactions of writers cannot be seen: rows would be lost.',
    write:
      'Let connection.url name the primary (of an Aurora cluster its writer endpoint). mode=bulk can read a replica.',
  };
}

function locksHidden(user: string): Finding {
  return {
    severity: 'error',
    code: 'LOCKS_HIDDEN',
    what: `The user ${user} may not read pg_locks, where the transactions are seen that may still commit rows: rows would be lost.`,
    write: `GRANT SELECT ON pg_catalog.pg_locks TO ${identifier(user)}; GRANT EXECUTE ON FUNCTION pg_catalog.pg_lock_status() TO ${identifier(user)}`,
  };
}

function statisticsHidden(user: string, isNeeded: boolean): Finding {
  return {
    severity: isNeeded ? 'error' : 'warning',
    code: 'STATISTICS_HIDDEN',
    what: isNeeded
      ? `The user ${user} may not see since when the transactions of others are open, and a row's timestamp may be as old as its transaction: rows would be lost.`
      : `The user ${user} may not see the transactions of others: whom the source waits for is told by its pid alone.`,
    write: `GRANT pg_read_all_stats TO ${identifier(user)}`,
  };
}

function xid8Findings({ serverVersion, systemIdentifier, user }: DatabaseFacts): Finding[] {
  if (serverVersion < XID8_SINCE) {
    return [
      {
        severity: 'error',
        code: 'XID8_UNSUPPORTED',
        what: `Postgres ${Math.floor(serverVersion / 10_000)} has no xid8: it came with Postgres 13.`,
        write: 'Use mode=incrementing, or a newer Postgres.',
      },
    ];
  }
  if (systemIdentifier !== undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'SYSTEM_IDENTIFIER_HIDDEN',
      what: 'The identifier of the Postgres cluster cannot be read: that the database was restored or moved, and counts its transactions anew, would not be noticed.',
      write: `GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO ${identifier(user)}`,
    },
  ];
}
