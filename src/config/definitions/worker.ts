// Every property of Connect's worker, standalone and distributed, and our own.

import { BUILT_IN_PROVIDERS, PROVIDER_CLASSES } from '../config-providers';
import { accepted, type Definition, type Row, unsupported, used } from '../definition';
import { hostsAndPorts, isRegion, notEmpty, oneOf, text } from '../validators';
import { commonClient, connection } from './client';
import { workerConverters } from './converter';
import { prefixedClients } from './prefixed-clients';
import { rest } from './worker-rest';

const stateUrl = text('`s3://bucket/prefix`, `file:///directory`, or `<placeholder>`', (url) =>
  /^s3:\/\/[^/\s]+|^file:\/\/\/.|^<[^<>]+>/.test(url)
    ? undefined
    : { what: 'is no address of a state store', write: 'write s3://bucket/prefix or file:///directory' },
);

const own: readonly Definition[] = used([
  [
    'connectless.state.url',
    'string',
    null,
    'high',
    'Where cursors, open files and the built-in registry are kept. Without it: the directory `connectless-state` beside `offset.storage.file.filename`.',
    stateUrl,
  ],
]);

const main: readonly Definition[] = [
  ...used([
    ['bootstrap.servers', 'list', 'localhost:9092', 'high', 'Brokers to connect to first.', hostsAndPorts],
    ['client.id', 'string', 'connectless', 'low', "Name under which brokers log this worker's requests."],
    [
      'offset.storage.file.filename',
      'string',
      null,
      'high',
      'Connect keeps its offsets in this file; here its directory holds the state, and the file itself is neither read nor written.',
      notEmpty,
    ],
  ]),
  ...unsupported('connectors are chosen by their own files', [
    [
      'connector.client.config.override.policy',
      'string',
      'All',
      'medium',
      'Which client properties connectors may override.',
    ],
  ]),
];

const flow: readonly Definition[] = [
  ...accepted('State is written with every page and every batch, not by the clock.', [
    ['offset.flush.interval.ms', 'long', '60000', 'low', 'Interval at which offsets are committed.'],
    ['offset.flush.timeout.ms', 'long', '5000', 'low', 'How long a commit may take.'],
    ['exactly.once.source.support', 'string', 'disabled', 'high', 'Exactly-once for sources; here it always is.'],
  ]),
  ...accepted('An invocation finishes the batch in hand within 30 s.', [
    ['task.shutdown.graceful.timeout.ms', 'long', '5000', 'low', 'How long tasks may take to stop.'],
  ]),
  ...accepted('Topics are made by the deployment, or by `connectless topics --create`.', [
    ['topic.creation.enable', 'boolean', 'true', 'low', 'Lets sources create topics.'],
  ]),
  ...accepted('The registry knows which schema a record has; there is no cache of topics in use.', [
    ['topic.tracking.enable', 'boolean', 'true', 'low', 'Tracks the topics in use.'],
    ['topic.tracking.allow.reset', 'boolean', 'true', 'low', 'Allows resetting the topics in use.'],
  ]),
  ...accepted('Internal data of Connect is not written.', [
    ['internal.key.converter', 'class', 'org.apache.kafka.connect.json.JsonConverter', 'low', 'Gone since Kafka 3.0.'],
    ['internal.key.converter.*', 'string', null, 'low', 'Gone since Kafka 3.0.'],
    [
      'internal.value.converter',
      'class',
      'org.apache.kafka.connect.json.JsonConverter',
      'low',
      'Gone since Kafka 3.0.',
    ],
    ['internal.value.converter.*', 'string', null, 'low', 'Gone since Kafka 3.0.'],
  ]),
  ...accepted('There are no plugins in jars: source, processor and sink are built in.', [
    ['plugin.path', 'list', null, 'low', 'Directories of plugins.'],
    [
      'plugin.discovery',
      'string',
      'hybrid_warn',
      'low',
      'How plugins are found.',
      oneOf('only_scan', 'hybrid_warn', 'hybrid_fail', 'service_load'),
    ],
  ]),
  ...accepted('No licence is needed.', [
    ['confluent.license', 'password', null, 'low', 'Licence of Confluent Platform.'],
    ['confluent.license.*', 'string', null, 'low', 'Topic of the licence.'],
    ['confluent.topic.*', 'string', null, 'low', 'Topic of the licence.'],
  ]),
];

const storageTopics: readonly Row[] = ['config', 'offset', 'status'].flatMap((kind): Row[] => [
  [`${kind}.storage.topic`, 'string', null, 'high', `Topic of the cluster's ${kind} data.`],
  [`${kind}.storage.*`, 'string', null, 'low', 'Settings of that topic.'],
]);

const distributed: readonly Definition[] = accepted('There is no cluster of workers: each function runs on its own.', [
  ['group.id', 'string', null, 'high', 'Name of the cluster of workers.'],
  ...storageTopics,
  ['connect.protocol', 'string', 'sessioned', 'low', 'Protocol of rebalances.'],
  ['heartbeat.interval.ms', 'int', '3000', 'high', 'Interval of heartbeats.'],
  ['rebalance.timeout.ms', 'int', '60000', 'high', 'How long a rebalance may take.'],
  ['scheduled.rebalance.max.delay.ms', 'int', '300000', 'low', 'Longest delay of a rebalance.'],
  ['session.timeout.ms', 'int', '10000', 'high', 'When a worker counts as gone.'],
  ['worker.sync.timeout.ms', 'int', '3000', 'medium', 'How long a worker may take to catch up.'],
  ['worker.unsync.backoff.ms', 'int', '300000', 'medium', 'Pause after it could not.'],
  ['inter.worker.*', 'string', null, 'low', 'Signatures between workers.'],
]);

const providerClass = oneOf(...PROVIDER_CLASSES);

const region = text('a region of AWS', (value) =>
  isRegion(value) ? undefined : { what: 'is no region', write: 'write for example us-east-1' },
);

const providers: readonly Definition[] = [
  ...used([
    [
      'config.providers',
      'list',
      BUILT_IN_PROVIDERS.join(','),
      'low',
      'Names of the config providers. `env`, `file` and `secretsmanager` are always there.',
    ],
    ['config.providers.*.class', 'class', null, 'low', 'Class of the provider of that name.', providerClass],
    [
      'config.providers.*.param.region',
      'string',
      null,
      'low',
      "Region of the secrets; without it, the function's.",
      region,
    ],
  ]),
  ...unsupported("of the providers' parameters, only the region of secrets is supported yet", [
    ['config.providers.*.param.*', 'string', null, 'low', 'What a provider may read, and how.'],
  ]),
];

export const workerDefinitions: readonly Definition[] = [
  ...main,
  ...own,
  ...workerConverters,
  ...providers,
  ...connection,
  ...flow,
  ...rest,
  ...distributed,
  ...commonClient,
  ...prefixedClients,
];
