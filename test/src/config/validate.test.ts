// What valid files say.
import { describe, expect, test } from '@jest/globals';
import { behind, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from './files';

describe('valid files', () => {
  test('say the configuration, defaults filled in', () => {
    const { config, faults } = validate(WORKER, SOURCE, PROCESSOR, SINK);
    expect(faults).toEqual([]);
    expect(config).toEqual({
      worker: {
        kafka: {
          brokers: ['localhost:9092'],
          securityProtocol: 'PLAINTEXT',
          clientId: 'connectless',
          requestTimeoutMs: 30000,
        },
        valueRegistry: { url: 'http://localhost:8081' },
        stateUrl: 'file:///tmp/connectless-state',
      },
      connectors: [
        {
          kind: 'source',
          name: 'a-source',
          deployment: { memoryMb: 512, timeoutMs: 58000, logRetentionDays: 30, tags: {} },
          topicCreation: {},
          database: {
            host: 'localhost',
            port: 5432,
            database: 'postgres',
            user: 'postgres',
            password: 'postgres',
            sslMode: 'prefer',
          },
          mode: 'incrementing',
          incrementingColumns: [],
          timestampColumn: [],
          timestampColumns: [],
          timestampDelayMs: 0,
          validateNonNull: true,
          quoteIdentifiers: true,
          tables: { types: ['TABLE'] },
          tableSettings: new Map(),
          types: {
            numericMapping: 'none',
            timestampGranularity: 'connect_logical',
            timeZone: 'UTC',
            exact: false,
          },
          topicPrefix: 'in-',
          pollIntervalMs: 5000,
          tablePollIntervalMs: 60000,
          batchMaxRows: 1000,
        },
        {
          kind: 'processor',
          name: 'a-processor',
          deployment: { memoryMb: 512, timeoutMs: 300000, logRetentionDays: 30, tags: {} },
          trigger: { batchWindowMs: 1000 },
          topicCreation: {},
          topics: ['in-prices'],
          outputTopic: 'out-prices',
        },
        {
          kind: 'sink',
          name: 'a-sink',
          deployment: { memoryMb: 512, timeoutMs: 300000, logRetentionDays: 30, tags: {} },
          trigger: { batchWindowMs: 1000 },
          topics: ['out-prices'],
          converters: {
            value: { kind: 'avro', registry: { url: 'http://localhost:8081' } },
            key: { kind: 'bytes' },
            headers: 'simple',
          },
          s3: { region: 'us-west-2', pathStyle: true },
          bucket: 'a-bucket',
          topicsDir: 'topics',
          directoryDelimiter: '/',
          fileDelimiter: '+',
          zeroPadWidth: 10,
          partitioner: { kind: 'default' },
          flushSize: 3,
          rotateOnPartitionChange: true,
          timeZone: 'UTC',
          compatibility: 'NONE',
          formats: { value: { kind: 'avro', codec: 'null', deflateLevel: 4 } },
          nulls: { behavior: 'fail', toDeadLetters: true, directory: 'tombstone' },
          errors: {
            tolerance: 'none',
            log: false,
            logMessages: false,
            retryTimeoutMs: 0,
            retryDelayMaxMs: 60000,
          },
          objects: { retries: 3, retryBackoffMs: 200 },
          partSize: 5242880,
        },
      ],
    });
  });

  test.each<[string, Properties, object]>([
    [
      'SASL',
      {
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        'sasl.jaas.config': 'a.ScramLoginModule required username="u" password="p";',
      },
      { kafka: { securityProtocol: 'SASL_SSL', sasl: { mechanism: 'SCRAM-SHA-512', username: 'u', password: 'p' } } },
    ],
    [
      'user info in the URL of the registry',
      { 'value.converter.schema.registry.url': 'https://u:p%40@r:8081' },
      { valueRegistry: { url: 'https://r:8081', basicAuth: 'u:p@' } },
    ],
    [
      'user info in a property',
      { 'value.converter.basic.auth.credentials.source': 'USER_INFO', 'value.converter.basic.auth.user.info': 'u:p' },
      { valueRegistry: { url: 'http://localhost:8081', basicAuth: 'u:p' } },
    ],
    [
      'the built-in registry',
      { 'value.converter.schema.registry.url': 's3://bucket/registry' },
      { valueRegistry: { url: 's3://bucket/registry' } },
    ],
    ['a state of its own', { 'connectless.state.url': 's3://bucket/state' }, { stateUrl: 's3://bucket/state' }],
    [
      'placeholders',
      { 'bootstrap.servers': '<msk>', 'connectless.state.url': '<state>' },
      { kafka: { brokers: ['<msk>'] }, stateUrl: '<state>' },
    ],
  ])('of the worker may have %s', (_, properties, expected) => {
    const { config, faults } = validate({ ...WORKER, ...properties });
    expect(faults).toEqual([]);
    expect(config?.worker).toMatchObject(expected);
  });

  test.each<[Properties, object]>([
    [
      { 'connection.url': 'jdbc:postgresql://h/', 'connection.user': 'me', 'connection.password': 'p' },
      { database: { host: 'h', database: 'me', user: 'me', password: 'p' } },
    ],
    [{ 'connection.user': 'other' }, { database: { user: 'postgres' } }],
    [
      {
        'connection.url':
          'jdbc:aws-wrapper:postgresql://h:5432/d?wrapperPlugins=iam&sslmode=verify-full&sslrootcert=ca.pem',
        'connection.user': 'me',
      },
      { database: { host: 'h', database: 'd', user: 'me', iam: {}, sslMode: 'verify-full', sslRootCert: 'ca.pem' } },
    ],
    [
      {
        'connection.url':
          'jdbc:aws-dataapi://arn:aws:rds:eu-west-1:123456789012:cluster:shop/shop?secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf',
      },
      {
        database: {
          clusterArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:shop',
          secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf',
          database: 'shop',
        },
      },
    ],
    [{ 'topic.prefix': '' }, { topicPrefix: '' }],
    [{ query: '', 'table.blacklist': '', 'timestamp.delay.interval.ms': '0', 'validate.non.null': 'true' }, {}],
  ])('of a source may have %j', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([expected]);
  });

  test.each<[Properties, object]>([
    [{ 'topics.dir': '' }, { topicsDir: '' }],
    [
      { 'directory.delim': '|', 'file.delim': '-', 'filename.offset.zero.pad.width': '0' },
      { directoryDelimiter: '|', fileDelimiter: '-', zeroPadWidth: 0 },
    ],
    [{ topics: 'a,b' }, { topics: ['a', 'b'] }],
    [
      { topics: undefined, 'topics.regex': 'in-.*' },
      { topics: [], topicsRegex: 'in-.*' },
    ],
    [{ topics: 'a', 'topics.regex': '' }, { topics: ['a'] }],
    [
      { 'store.url': 'http://localhost:4566', 's3.path.style.access.enabled': 'false' },
      { s3: { endpoint: 'http://localhost:4566', pathStyle: false } },
    ],
    [{ 'rotate.interval.ms': '-1', 'errors.tolerance': 'none', 'avro.codec': 'null', transforms: '' }, {}],
  ])('of a sink may have %j', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([expected]);
  });

  test('have a note for each property that is accepted without meaning', () => {
    const { notes, faults } = validate(
      { ...WORKER, 'plugin.path': '/usr/share/java' },
      { ...SOURCE, 'tasks.max': '4', 'connection.url': `${SOURCE['connection.url']}&ApplicationName=x` },
    );
    expect(faults).toEqual([]);
    expect(notes.map(({ file: name, line, property }) => [name, line, property])).toEqual([
      ['w', 2, 'key.converter'],
      ['w', behind(WORKER), 'plugin.path'],
      ['c0', behind(SOURCE), 'tasks.max'],
      ['c0', 3, 'connection.url'],
    ]);
  });
});
