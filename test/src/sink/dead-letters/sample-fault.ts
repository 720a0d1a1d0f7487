// A configuration with dead letters, and a record that went there.
import type { SinkConfig } from '../../../../src/config/sink-model';
import { ConnectlessError } from '../../../../src/errors';
import type { Fault } from '../../../../src/sink/record';
import { sampleConfig } from '../sample';

export function tolerant(errors: Partial<SinkConfig['errors']> = {}): SinkConfig {
  const deadLetters = { topic: 'dlq', replicationFactor: 3, contextHeaders: true };
  return { ...sampleConfig, errors: { ...sampleConfig.errors, tolerance: 'all', deadLetters, ...errors } };
}

/** The record that Confluent's sink refused in the recorded case `dlq_all_noheaders`. */
export function sampleFault(change: Partial<Fault> = {}): Fault {
  const [key, value] = ['6b32', '6e6f74206176726f'].map((hex) => Buffer.from(hex, 'hex').toString('base64'));
  return {
    record: { offset: 2, timestamp: 1_795_359_864_105, key: key ?? null, value: value ?? null },
    stage: 'VALUE_CONVERTER',
    error: new ConnectlessError('NO_WIRE_FORMAT', 'Topic prices, partition 0, offset 2: its value is not Avro.'),
    ...change,
  };
}
