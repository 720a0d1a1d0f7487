// The walls between rooms (docs/architecture.md), as rules that fail.
const clients = '^(@aws-sdk|@smithy|kafkajs|pg|hono|@hono)(/|$)|node_modules/(@aws-sdk|@smithy|kafkajs|pg|hono|@hono)/';
const io = `${clients}|^node:(fs|net|tls|http|https|child_process|dgram|worker_threads)|^(fs|net|tls|http|https|child_process)(/|$)`;
const rooms = (...names) => `^src/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'config-and-avro-are-the-ground-floor',
      comment: 'src/config and src/avro import nothing above them and no client library.',
      severity: 'error',
      from: { path: rooms('config', 'avro') },
      to: { path: `^(lib|lambdas|cli|local|bin)/|^src/(?!config/|avro/|errors\\.ts)|${clients}` },
    },
    {
      name: 'avro-does-no-io',
      severity: 'error',
      from: { path: rooms('avro') },
      to: { path: io },
    },
    {
      name: 'planning-does-no-io',
      comment: 'A decision is a pure function: the files named here carry out nothing.',
      severity: 'error',
      from: {
        path: [
          rooms('outbox'),
          '^src/sink/(plan|take|draft|stream|blocks|converted|refuse|need|named-schemas|rotation|schedule-boundary|clock|gap|due|object-key)\\.ts$',
          '^src/sink/(partition-state|state-form|state-header|state-upgrade)\\.ts$',
          '^src/sink/(format|partitioner|compatibility)/',
          '^src/sink/dead-letters/(letter|log-line|connect-classes)\\.ts$',
          rooms('convert'),
          '^src/source/(ahead|id-default|table|cursor|cursor-json|fence-rule|placing|select-tables|table-choice|like-pattern|connect-offsets[a-z-]*)\\.ts$',
          '^src/source/(record|modes)/',
          '^src/processor/(progress|transform)\\.ts$',
          '^src/custom-resource/(topic-plan|topic-request|preflight-verdict|password-statement)\\.ts$',
          '^src/iam/region\\.ts$',
          '^src/registry/(subjects|log-entry|compatibility|compatibility-level|column-conflict|incompatible|schema-changes)\\.ts$',
          '^src/preflight/(facts|finding|table-check|sql-text|database-findings|table-findings|id-findings|timestamp-findings|timestamp-clocks|xid-findings|not-null-cure|index-finding|cut-off-findings)\\.ts$',
          '^src/data-api/page-size\\.ts$',
          '^src/time-zone\\.ts$',
          '^src/postgres/(masked-query|page-length|sql|text-forms|time-limit)\\.ts$',
          '^src/kafka/(chunks|committed|partition|placed|range|msk-event|login-errors)\\.ts$',
        ],
      },
      to: {
        path: `${io}|^src/(kafka|postgres|s3|state)/(?!(topic-log|committed|sql|page-length|msk-event|partition|object-store|store)\\.ts)`,
      },
    },
    {
      name: 'sockets-have-rooms',
      comment:
        'Only kafka, postgres, data-api, s3, metrics, iam and secrets open sockets, beside the S3 home of state and the registry’s clients and REST app.',
      severity: 'error',
      from: {
        path: '^(src|lambdas)/',
        pathNot: `${rooms('kafka', 'postgres', 'data-api', 's3', 'metrics', 'iam', 'secrets')}|^src/state/s3|^src/registry/(rest|confluent|glue)|^src/custom-resource/source-function`,
      },
      to: { path: clients },
    },
    {
      name: 'deploy-time-knows-names-and-config-only',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^src/(?!config/|names\\.ts|errors\\.ts)' },
    },
    {
      name: 'nothing-stands-on-lambdas-cli-or-local',
      severity: 'error',
      from: { path: '^(src|lib)/' },
      to: { path: '^(lambdas|cli|local|bin|bench|test)/' },
    },
    {
      name: 'run-time-does-not-import-deploy-time',
      severity: 'error',
      from: { path: '^(src|lambdas)/' },
      to: { path: '^lib/|node_modules/(aws-cdk-lib|constructs)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
