// A source's configuration with all defaults.
import type { SourceConfig } from '../src/config/source-model';

export const sourceConfig: SourceConfig = {
  kind: 'source',
  name: 'connect-postgresql',
  deployment: { memoryMb: 512, timeoutMs: 58_000, logRetentionDays: 30, tags: {} },
  topicCreation: {},
  database: { host: 'nowhere', port: 0, database: 'none', sslMode: 'disable' },
  mode: 'incrementing',
  incrementingColumns: [],
  timestampColumn: [],
  timestampColumns: [],
  timestampDelayMs: 0,
  validateNonNull: true,
  quoteIdentifiers: true,
  tables: { types: ['TABLE'] },
  tableSettings: new Map(),
  types: { numericMapping: 'none', timestampGranularity: 'connect_logical', timeZone: 'UTC', exact: false },
  topicPrefix: 'in-',
  pollIntervalMs: 5000,
  tablePollIntervalMs: 60_000,
  batchMaxRows: 1000,
};
