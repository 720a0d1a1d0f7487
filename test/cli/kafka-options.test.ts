// Brokers and numbers on the command line.
import { describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { addKafkaOptions, brokersOf, positive } from '../../cli/kafka-options';

function parsed(...args: string[]) {
  const command = addKafkaOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: 'user' }).opts();
}

describe('--bootstrap-server', () => {
  test('is localhost:9092 unless it is given', () => {
    expect(parsed().bootstrapServer).toEqual(['localhost:9092']);
  });

  test('takes several brokers', () => {
    expect(parsed('--bootstrap-server', 'a:1, b:2').bootstrapServer).toEqual(['a:1', 'b:2']);
  });

  test('needs a port', () => {
    expect(() => brokersOf('a:1,b')).toThrow('"b" has no port: write host:port');
  });
});

test('--zookeeper is answered with the option of today', () => {
  expect(() => parsed('--zookeeper', 'localhost:2181')).toThrow('use --bootstrap-server localhost:9092');
});

test.each(['0', '-1', '1.5', 'x', ''])('%j is no number of things', (text) => {
  expect(() => positive(text)).toThrow('write a whole number above 0');
});
