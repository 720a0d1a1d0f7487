// Faults of a source's file.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, WORKER } from './files';

describe('a fault of a source', () => {
  test.each<[Properties, string]>([
    [{ mode: 'bulk' }, 'c0:4: mode: "bulk" is not supported yet (incrementing is); write incrementing'],
    [
      { mode: 'nope' },
      'c0:4: mode: "nope" is none of incrementing, bulk, timestamp, timestamp+incrementing; write incrementing',
    ],
    [{ mode: undefined }, 'c0: mode: is missing (How new rows are found); add mode=…, valid: incrementing'],
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
    [{ 'table.types': 'TABLE,VIEW' }, 'c0:6: table.types: "TABLE,VIEW" is not supported yet (tables are); write TABLE'],
    [
      { 'table.include.list': '.*a' },
      'c0:6: table.include.list: ".*a" is not schema.table (regular expressions are not supported yet); write schema.table',
    ],
    [{ 'numeric.mapping': 'best_fit' }, 'c0:6: numeric.mapping: "best_fit" is not supported yet (none is); write none'],
    [
      { 'db.timezone': 'Mars/Olympus' },
      'c0:6: db.timezone: "Mars/Olympus" is no time zone; write a name such as UTC, Europe/Berlin, or Etc/GMT-2 for +02:00',
    ],
    [
      { query: 'SELECT 1' },
      'c0:6: query: is not supported: only whole tables are read for now; delete the line, or write its default (empty)',
    ],
    [
      { 'timestamp.column.name': 'ts' },
      'c0:6: timestamp.column.name: is not supported: only mode=incrementing is supported yet; delete the line, or write its default (empty)',
    ],
    [
      { transforms: 'k' },
      'c0:6: transforms: is not supported: transforms come with a later version; delete the line, or write its default (empty)',
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
