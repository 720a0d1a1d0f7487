// Faults of a source's file.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, validate, WORKER } from './files';

const DATA_API =
  'jdbc:aws-dataapi://arn:aws:rds:eu-west-1:123456789012:cluster:shop/shop?secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf';

describe('a fault of a source', () => {
  test.each<[Properties, string]>([
    [
      { 'connection.url': 'jdbc:mysql://h/d?password=secret' },
      'c0:3: connection.url: "jdbc:mysql://h/d?password=[hidden]" is for mysql; only PostgreSQL is supported; write jdbc:postgresql://localhost:5432/postgres?user=postgres&password=…',
    ],
    [
      { 'connection.url': 'jdbc:postgresql://h/' },
      'c0:3: connection.url: names no database; write it behind the port, as in :5432/postgres',
    ],
    [
      { 'connection.url': 'jdbc:aws-wrapper:postgresql://h/d?wrapperPlugins=iam&sslmode=require' },
      'c0:3: connection.url: logs in with IAM and names no user; add user=… to it, or connection.user=…',
    ],
    [
      {
        'connection.url': 'jdbc:aws-wrapper:postgresql://h/d?wrapperPlugins=iam&sslmode=require',
        'connection.user': 'me',
        'connection.password': 'hunter2',
      },
      'c0:7: connection.password: has no effect beside wrapperPlugins=iam: a token of IAM is the password; delete the line',
    ],
    [
      { 'incrementing.colum.name': 'id' },
      'c0:6: incrementing.colum.name: is not a known property; did you mean incrementing.column.name?',
    ],
    [{ 'batch.max.rows': '0' }, 'c0:6: batch.max.rows: "0" is less than 1; write a number from 1'],
    [
      { 'numeric.mapping': 'best' },
      'c0:6: numeric.mapping: "best" is none of none, precision_only, best_fit, best_fit_eager_double; write none or precision_only or best_fit or best_fit_eager_double',
    ],
    [{ 'connectless.types': 'all' }, 'c0:6: connectless.types: "all" is none of exact; write exact'],
    [
      { 'connection.url': DATA_API, 'connection.user': 'me' },
      'c0:6: connection.user: has no effect beside secretArn in connection.url: user and password are in that secret; delete the line',
    ],
    [
      { 'connection.url': DATA_API, 'connection.password': 'hunter2' },
      'c0:6: connection.password: has no effect beside secretArn in connection.url: user and password are in that secret; delete the line',
    ],
    [
      { 'connection.url': 'jdbc:aws-dataapi://shop?secretArn=hunter2' },
      'c0:3: connection.url: "jdbc:aws-dataapi://shop?secretArn=[hidden]" has no ARN of an Aurora cluster behind jdbc:aws-dataapi://; write jdbc:aws-dataapi://arn:aws:rds:us-east-1:123456789012:cluster:NAME/DATABASE?secretArn=…',
    ],
    [
      { 'db.timezone': 'Mars/Olympus' },
      'c0:6: db.timezone: "Mars/Olympus" is no time zone; write a name such as UTC, Europe/Berlin, or Etc/GMT-2 for +02:00',
    ],
    [{ name: 'a b' }, 'c0:1: name: "a b" is no name of a connector; use letters, digits, ".", "_" and "-", up to 100'],
    [
      { 'connector.class': 'JdbcSource' },
      'c0:2: connector.class: is not the full name of the class; write io.confluent.connect.jdbc.JdbcSourceConnector',
    ],
    [
      { 'connector.class': 'io.debezium.connector.postgresql.PostgresConnector' },
      'c0:2: connector.class: names a connector that is not there; write one of io.confluent.connect.jdbc.JdbcSourceConnector, connectless.Processor, io.confluent.connect.s3.S3SinkConnector',
    ],
    [
      { 'value.converter': 'org.apache.kafka.connect.storage.StringConverter' },
      'c0:6: value.converter: "org.apache.kafka.connect.storage.StringConverter" is not supported (it writes Avro alone); write io.confluent.connect.avro.AvroConverter',
    ],
    [
      { 'value.converter.schema.registry.url': 'http://other:8081' },
      "c0:6: value.converter.schema.registry.url: differs from the worker's, and a converter of its own is not supported yet; delete the line, or write what w has",
    ],
  ])('%j is reported', (properties, line) => expect(faultsOf(WORKER, { ...SOURCE, ...properties })[0]).toBe(line));
});

describe('the types of a source', () => {
  test.each<[Properties, object]>([
    [{ 'numeric.mapping': 'BEST_FIT' }, { numericMapping: 'best_fit' }],
    [{ 'numeric.precision.mapping': 'true' }, { numericMapping: 'precision_only' }],
    [{ 'numeric.precision.mapping': 'true', 'numeric.mapping': 'none' }, { numericMapping: 'none' }],
    [{ 'timestamp.granularity': 'NANOS_STRING' }, { timestampGranularity: 'nanos_string' }],
    [{ 'db.timezone': 'Europe/Berlin' }, { timeZone: 'Europe/Berlin' }],
    [{ 'connectless.types': 'exact' }, { exact: true }],
  ])('follow from %j', (properties, types) => {
    const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([{ types }]);
  });
});
