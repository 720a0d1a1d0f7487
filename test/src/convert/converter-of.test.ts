// Every converter, with bytes that nobody meant for it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codec } from '../../../src/avro/codec';
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import type { ConverterConfig } from '../../../src/config/sink-model';
import { converterOf } from '../../../src/convert/converter-of';
import { dataSchema } from '../../../src/convert/data-schema';
import { ConnectlessError } from '../../../src/errors';
import { converted, decoded, jsonOf } from './decoded';

const schema = dataSchema(
  '{"type":"record","name":"R","fields":[{"name":"l","type":{"type":"array","items":["null","string","long"]}},{"name":"m","type":{"type":"map","values":{"type":"enum","name":"E","symbols":["A","B"]}}},{"name":"n","type":["null","R"]}]}',
);
const value = { l: [{ string: 'ünï' }, null, { long: 300n }], m: { k: 'B' }, n: { l: [], m: {}, n: null } };
const datum = codec(schema.schema).encode(value);
const envelope =
  '{"schema":{"type":"struct","fields":[{"field":"id","type":"int64"},{"field":"b","type":"bytes","optional":true}]},"payload":{"id":5,"b":"AP8="}}';

const good: ReadonlyArray<readonly [ConverterConfig, Buffer]> = [
  [{ kind: 'avro', registry: { url: 'none' } }, Buffer.concat([wireHeader(1), datum])],
  [{ kind: 'glue' }, Buffer.concat([Buffer.of(3, 0), Buffer.alloc(16), datum])],
  [{ kind: 'json', schemas: true }, Buffer.from(envelope)],
  [{ kind: 'json', schemas: false }, Buffer.from(envelope)],
  [{ kind: 'string', encoding: 'UTF-8' }, Buffer.from('some täxt')],
  [{ kind: 'string', encoding: 'UTF-16' }, Buffer.from('some täxt', 'utf16le').swap16()],
  [{ kind: 'bytes' }, datum],
];

const mutations = fc.array(
  fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom('set', 'insert', 'delete', 'cut') }),
  { minLength: 1, maxLength: 4 },
);

function mutated(bytes: Buffer, changes: ReadonlyArray<{ at: number; byte: number; kind: string }>): Buffer {
  return changes.reduce((now, { at, byte, kind }) => {
    const place = at % (now.length + 1);
    const rest = now.subarray(kind === 'insert' ? place : place + 1);
    const middle = kind === 'delete' || kind === 'cut' ? [] : [Buffer.of(byte)];
    return Buffer.concat([now.subarray(0, place), ...middle, ...(kind === 'cut' ? [] : [rest])]);
  }, bytes);
}

describe.each(good)('the converter %j', (config, bytes) => {
  const converter = converterOf(config, () => schema, 'value');
  const check = (content: Uint8Array) => {
    const data = converted(converter, content);
    if (data instanceof ConnectlessError) return expect(data.retryable).toBe(false);
    if ('bytes' in data && data.schema === undefined) return void JSON.parse(jsonOf(data));
    return void decoded(data);
  };

  test('takes what is meant for it', () => {
    expect(converted(converter, bytes)).toHaveProperty('bytes');
  });

  test('gives whole data or the record’s fault for mutated bytes', () => {
    fc.assert(
      fc.property(mutations, (changes) => check(mutated(bytes, changes))),
      { numRuns: 2000 },
    );
  });

  test('gives whole data or the record’s fault for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), check), { numRuns: 1000 });
  });
});

test('a length that is negative or giant is the record’s fault, at once', () => {
  const text = dataSchema('"string"');
  const converter = converterOf({ kind: 'avro', registry: { url: 'none' } }, () => text, 'value');
  for (const length of [-1, -(2 ** 40), 2 ** 40, (1n << 63n) - 1n, -(1n << 63n)]) {
    const bytes = Buffer.concat([wireHeader(1), longBytes(length), Buffer.from('x')]);
    expect(converted(converter, bytes)).toMatchObject({ code: 'BROKEN_DATUM' });
  }
});
