// Small valid files of each kind, and their validation with some properties changed.
import { parseProperties } from '../../../src/config/properties';
import { faultLine } from '../../../src/config/report';
import { validatePipeline } from '../../../src/config/validate';

export const WORKER = {
  'bootstrap.servers': 'localhost:9092',
  'key.converter': 'io.confluent.connect.avro.AvroConverter',
  'value.converter': 'io.confluent.connect.avro.AvroConverter',
  'value.converter.schema.registry.url': 'http://localhost:8081/',
  'offset.storage.file.filename': '/tmp/connect.offsets',
};
export const SOURCE = {
  name: 'a-source',
  'connector.class': 'io.confluent.connect.jdbc.JdbcSourceConnector',
  'connection.url': 'jdbc:postgresql://localhost:5432/postgres?user=postgres&password=postgres',
  mode: 'incrementing',
  'topic.prefix': 'in-',
};
export const SINK = {
  name: 'a-sink',
  'connector.class': 'io.confluent.connect.s3.S3SinkConnector',
  topics: 'out-prices',
  's3.bucket.name': 'a-bucket',
  'flush.size': '3',
  'storage.class': 'io.confluent.connect.s3.storage.S3Storage',
  'format.class': 'io.confluent.connect.s3.format.avro.AvroFormat',
};
export const PROCESSOR = {
  name: 'a-processor',
  'connector.class': 'connectless.Processor',
  topics: 'in-prices',
  'connectless.output.topic': 'out-prices',
};

export type Properties = Readonly<Record<string, string | undefined>>;

export function file(name: string, properties: Properties) {
  const lines = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return parseProperties(name, Buffer.from(lines.join('\n')));
}

export const validate = (worker: Properties, ...connectors: Properties[]) =>
  validatePipeline(
    file('w', worker),
    connectors.map((connector, index) => file(`c${index}`, connector)),
  );
export const faultsOf = (...files: [Properties, ...Properties[]]) => validate(...files).faults.map(faultLine);

/** The line that a property appended to these gets. */
export const behind = (properties: Properties) => Object.keys(properties).length + 1;
