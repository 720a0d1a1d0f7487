// JSON, plain and in Connect's envelope: files hold what JSON.parse reads in the record.
import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../random';
import { datumsIn } from './avro-file';
import { type ConnectSchema, connectMatches } from './connect-matches';
import { AVRO, type Kind } from './kind';

const tokens: readonly Buffer[] = [
  ...['"', '\\', '\\u0000', '\\ud800', '{', '}', '[', ']', ',', ':', 'null', 'true', '-', '0', '1e999', '1e-999'],
  ...['123456789012345678901234567890', '0.1000', '1E5', '\u0000', '\ufeff', '"a":1,', '"schema":null,', 'NaN'],
  ...['"type":"int64"', '"optional":true,', '['.repeat(20_000), '{"a":'.repeat(3_000), ' ', '\n'],
].map((text) => Buffer.from(text));

export const plainJson: Kind = {
  name: 'plain JSON',
  converter: { kind: 'json', schemas: false },
  format: { kind: 'json', decimals: 'BASE64' },
  tokens,
  original: (random) => ({ bytes: Buffer.from(JSON.stringify(anyJson(random, 0))), header: 0 }),
  fileFault(file, values) {
    const lines = file.toString('utf8').split('\n');
    if (lines.pop() !== '') return 'its last line has no end';
    if (lines.length !== values.length) return `it has ${lines.length} lines, not ${values.length}`;
    const other = lines.findIndex((line, index) => !isDeepStrictEqual(JSON.parse(line), parsed(values[index])));
    return other < 0 ? undefined : `its line ${other} is not what came: ${lines[other]}`;
  },
};

/** Jackson passes over a byte order mark. */
function parsed(value: Buffer | undefined) {
  return JSON.parse(String(value).replace(/^\ufeff/, ''));
}

function anyJson(random: Random, depth: number): unknown {
  const few = () => Array.from({ length: random.integer(0, 3) });
  switch (random.integer(0, depth > 4 ? 5 : 7)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.integer(-(2 ** 40), 2 ** 40);
    case 3:
      return random.next();
    case 4:
      return random.pick(['', 'plain', 'größer', '🙂', 'a"b\\c\n']);
    case 5:
      return random.next() * 1e300;
    case 6:
      return few().map(() => anyJson(random, depth + 1));
    default:
      return Object.fromEntries(few().map((_, index) => [`k${index}`, anyJson(random, depth + 1)]));
  }
}

const schemas: [ConnectSchema, ...ConnectSchema[]] = [
  { type: 'int64', optional: false },
  { type: 'string', optional: true },
  {
    type: 'struct',
    optional: false,
    name: 'Reading',
    fields: [
      { field: 'id', type: 'int32', optional: false },
      { field: 'value', type: 'double', optional: true },
      { field: 'raw', type: 'bytes', optional: true },
      { field: 'ok', type: 'boolean', optional: false, default: true },
      { field: 'list', type: 'array', optional: false, items: { type: 'int16', optional: false } },
      {
        field: 'map',
        type: 'map',
        optional: true,
        keys: { type: 'string', optional: false },
        values: { type: 'int64', optional: false },
      },
    ],
  },
];

export const envelope: Kind = {
  name: 'JSON in Connect’s envelope',
  converter: { kind: 'json', schemas: true },
  format: AVRO,
  tokens,
  original(random) {
    const schema = random.pick(schemas);
    const text = JSON.stringify({ schema, payload: payloadOf(schema.type, random) });
    return { bytes: Buffer.from(text), header: random.chance(0.3) ? 0 : text.indexOf('"payload"') };
  },
  fileFault(file, values) {
    const { datums } = datumsIn(file);
    if (datums.length !== values.length) return `it holds ${datums.length} datums, not ${values.length}`;
    const other = datums.findIndex(({ value }, index) => {
      const { schema, payload } = parsed(values[index]);
      return !connectMatches(schema, payload, value);
    });
    return other < 0 ? undefined : `its datum ${other} is not what came: ${values[other]}`;
  },
};

function payloadOf(type: string, random: Random): unknown {
  if (type === 'int64') return random.integer(-(2 ** 50), 2 ** 50);
  if (type === 'string') return random.pick(['', 'text', 'größer', null]);
  return {
    id: random.integer(-1000, 1000),
    value: random.chance(0.3) ? null : random.next(),
    raw: random.chance(0.3) ? null : Buffer.from('bytes').toString('base64'),
    ok: random.chance(0.5),
    list: Array.from({ length: random.integer(0, 4) }, () => random.integer(-100, 100)),
    map: random.chance(0.3) ? null : { a: random.integer(0, 9), b: random.integer(0, 9) },
  };
}
