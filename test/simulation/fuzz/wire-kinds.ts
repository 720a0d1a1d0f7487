// Avro in Confluent's and in Glue's wire format: a datum is in the file as it came.
import { deflateSync, inflateSync } from 'node:zlib';
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import type { Random } from '../random';
import { datumsIn } from './avro-file';
import { AVRO, type Kind, type Original } from './kind';
import { fuzzedSchemas } from './schemas';

const GLUE_HEADER_BYTES = 18;

/** Lengths, counts and indexes that nobody means. */
const tokens: readonly Buffer[] = [
  ...[-1n, 1n << 20n, (1n << 31n) - 1n, 1n << 40n, (1n << 62n) - 1n, -(1n << 62n), -(1n << 63n)].map((value) =>
    Buffer.from(longBytes(value)),
  ),
  Buffer.alloc(11, 0xff),
  Buffer.from([0xc3, 0x28]),
  Buffer.alloc(40),
];

const anySchema = (random: Random) => random.integer(1, fuzzedSchemas.length);

function datum(id: number, random: Random): Buffer {
  return (fuzzedSchemas[id - 1] ?? fuzzedSchemas[0]).random(random);
}

export const confluent: Kind = {
  name: 'Confluent’s wire format',
  converter: { kind: 'avro', registry: { url: 'memory' } },
  format: AVRO,
  tokens,
  original: (random) => {
    const id = anySchema(random);
    return { bytes: Buffer.concat([wireHeader(id), datum(id, random)]), header: 5 };
  },
  fileFault: (file, values) =>
    fileFault(
      file,
      values.map((value) => value.subarray(5)),
    ),
};

/** Of the schema that Confluent's registry has under the number. */
export function glueId(id: number): string {
  return `00000000-0000-0000-0000-${String(id).padStart(12, '0')}`;
}

export const glue: Kind = {
  name: 'Glue’s wire format',
  converter: { kind: 'glue' },
  format: AVRO,
  tokens,
  original: glueMessage,
  fileFault: (file, values) =>
    fileFault(
      file,
      values.map((value) => {
        const body = value.subarray(GLUE_HEADER_BYTES);
        return value[1] === 5 ? inflateSync(body) : body;
      }),
    ),
};

function glueMessage(random: Random): Original {
  const id = anySchema(random);
  const compressed = random.chance(0.5);
  const head = Buffer.concat([Buffer.of(3, compressed ? 5 : 0), Buffer.from(glueId(id).replaceAll('-', ''), 'hex')]);
  const body = datum(id, random);
  return { bytes: Buffer.concat([head, compressed ? deflateSync(body) : body]), header: head.length };
}

function fileFault(file: Buffer, datums: readonly Buffer[]): string | undefined {
  const { datums: found } = datumsIn(file);
  if (found.length !== datums.length) return `it holds ${found.length} datums, not ${datums.length}`;
  const other = found.findIndex(({ bytes }, index) => !bytes.equals(datums[index] ?? Buffer.alloc(0)));
  return other < 0 ? undefined : `its datum ${other} is not the one that came`;
}
