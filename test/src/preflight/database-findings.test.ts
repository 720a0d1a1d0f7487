import { describe, expect, test } from '@jest/globals';
import type { SourceConfig } from '../../../src/config/source-model';
import { databaseFindings } from '../../../src/preflight/database-findings';
import type { DatabaseFacts } from '../../../src/preflight/facts';

const FACTS: DatabaseFacts = {
  user: 'reader',
  serverVersion: 150_004,
  isReplica: false,
  canReadLocks: true,
  canReadStatistics: true,
  systemIdentifier: '7712195380545676529',
};
const MODES = ['bulk', 'incrementing', 'timestamp', 'timestamp+incrementing', 'xid8'] as const;

function config(mode: SourceConfig['mode'], host = 'db.example') {
  const database = { host, port: 5432, database: 'shop', user: 'reader', sslMode: 'disable' } as const;
  return { mode, database };
}

function found(facts: Partial<DatabaseFacts>, mode: SourceConfig['mode']): string[] {
  const findings = databaseFindings({ ...FACTS, ...facts }, config(mode));
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

describe('of a database', () => {
  test.each(MODES)('that is a primary and hides nothing, nothing is said in mode %s', (mode) => {
    expect(found({}, mode)).toEqual([]);
  });

  test.each<[string, Partial<DatabaseFacts>, Partial<Record<SourceConfig['mode'], string>>]>([
    [
      'that is a replica',
      { isReplica: true },
      {
        incrementing: 'error READ_REPLICA',
        timestamp: 'error READ_REPLICA',
        'timestamp+incrementing': 'error READ_REPLICA',
        xid8: 'error READ_REPLICA',
      },
    ],
    [
      'whose locks are hidden',
      { canReadLocks: false },
      {
        incrementing: 'error LOCKS_HIDDEN',
        timestamp: 'error LOCKS_HIDDEN',
        'timestamp+incrementing': 'error LOCKS_HIDDEN',
      },
    ],
    [
      'whose statistics are hidden',
      { canReadStatistics: false },
      {
        incrementing: 'warning STATISTICS_HIDDEN',
        timestamp: 'error STATISTICS_HIDDEN',
        'timestamp+incrementing': 'error STATISTICS_HIDDEN',
      },
    ],
    ['that is older than xid8', { serverVersion: 120_017 }, { xid8: 'error XID8_UNSUPPORTED' }],
    ['that hides which cluster it is', { systemIdentifier: undefined }, { xid8: 'warning SYSTEM_IDENTIFIER_HIDDEN' }],
  ])('%s', (_, facts, expected) => {
    for (const mode of MODES) {
      const one = expected[mode];
      expect([mode, found(facts, mode)]).toEqual([mode, one === undefined ? [] : [one]]);
    }
  });

  test('what is to be granted is a statement with the user quoted', () => {
    const [finding] = databaseFindings(
      { ...FACTS, user: 'the "reader"', canReadStatistics: false },
      config('incrementing'),
    );
    expect(finding?.write).toBe('GRANT pg_read_all_stats TO "the ""reader"""');
  });

  test.each([
    ['shop.proxy-c1a2b3.eu-central-1.rds.amazonaws.com', ['POSTGRES_POOLED']],
    ['readers.endpoint.proxy-c1a2b3.eu-central-1.rds.amazonaws.com', ['POSTGRES_POOLED']],
    ['shop.cluster-c1a2b3.eu-central-1.rds.amazonaws.com', []],
    ['proxy-shop.c1a2b3.eu-central-1.rds.amazonaws.com', []],
  ])('an RDS Proxy is known by its name: %s', (host, codes) => {
    const findings = databaseFindings(FACTS, config('incrementing', host));
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });
});
