import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data } from '../../../src/convert/data';
import { dataSchema } from '../../../src/convert/data-schema';
import { blockBuffer } from '../../../src/sink/blocks';
import type { FileFormat } from '../../../src/sink/format/format';
import { formatOf } from '../../../src/sink/format/format-of';
import { bytesIn, type OpenStream, sizeOf } from '../../../src/sink/partition-state';
import {
  addTo,
  complete,
  encoded,
  openStream,
  resumeStream,
  type Stream,
  sizeSoFar,
  stored,
} from '../../../src/sink/stream';

const LEAST_TAIL = 16;
const schema = dataSchema('"bytes"', { id: 1 });
const identity = { topic: 'prices', partition: 0, startOffset: 40, schema };

/** Blocks of two bytes or more, in brackets, each with the number that the memo has counted; behind the last one the count. */
const counting: FileFormat = {
  id: 'counting',
  extension: '.txt',
  blockBytes: 2,
  verbatim: true,
  encode: ({ bytes, start, end }) => bytes.subarray(start, end),
  start: () => ({ bytes: Buffer.from('begin'), memo: 0 }),
  block: (_, memo, records, bytes) => ({
    bytes: Buffer.from(`[${memo}:${records}:${bytes}]`),
    memo: Number(memo) + 1,
  }),
  end: (_, memo) => Buffer.from(`end${memo}`),
};

function opened(format: FileFormat, partSize: number): Stream {
  const config = { kind: 'avro', codec: 'null', deflateLevel: 1 } as const;
  const beginning = { key: 'k', partSize, role: 'value', format: { id: format.id, config }, startOffset: 40 } as const;
  return openStream({ ...beginning, firstTimestamp: 9 }, identity, format, blockBuffer(16));
}

const data = (bytes: Buffer): Data => ({ schema, bytes, start: 0, end: bytes.length });
const add = (stream: Stream, bytes: Buffer | string) => addTo(stream, data(Buffer.from(bytes)));

/** As S3 has it: what was uploaded, and the tail. */
function whole(stream: Stream, before: readonly Buffer[] = []): Buffer {
  const file = complete(stream, 50, 1);
  return Buffer.concat([...before, ...stream.bodies, ...file.tail]);
}

/** The parts are uploaded, and the state is read by another writer. */
function handedOn(stream: Stream, uploaded: Buffer[]): OpenStream {
  uploaded.push(...stream.bodies);
  const { upload: _, ...state } = stored(stream);
  return uploaded.length === 0 ? state : { ...state, upload: { id: 'u', etags: uploaded.map(String) } };
}

describe('parts', () => {
  test.each([
    [21, 0, 'begin[0:1:0123456789]'.length],
    [5, 1, 16],
    [4, 1, 17],
    [3, 1, 18],
    [2, 2, 17],
    [1, 5, 16],
  ])('of %d bytes are cut as long as 16 bytes stay behind them: %d', (partSize, parts, tail) => {
    const stream = opened(counting, partSize);
    add(stream, '0123456789');
    expect(stream.bodies.map(({ length }) => length)).toEqual(Array.from({ length: parts }, () => partSize));
    expect(bytesIn(stream.tail)).toBe(tail);
    expect(stream.tailBytes).toBe(tail);
  });

  test('are cut of blocks, not of what waits for one', () => {
    const stream = opened({ ...counting, blockBytes: 100 }, 3);
    add(stream, 'a'.repeat(99));
    expect(stream.bodies).toEqual([]);
    add(stream, 'b');
    expect(Buffer.concat([...stream.bodies, ...stream.tail]).toString()).toBe(`begin[0:2:${'a'.repeat(99)}b]`);
    expect(stream.bodies).toHaveLength(31);
  });
});

describe('a complete file', () => {
  test('has everything that is in no part yet behind its parts, however much', () => {
    const stream = opened({ ...counting, blockBytes: 30 }, 10);
    add(stream, 'a'.repeat(30));
    const parts = stream.bodies.length;
    add(stream, 'b'.repeat(29));
    const file = complete(stream, 41, 2);
    expect(stream.bodies).toHaveLength(parts);
    expect(Buffer.concat([...stream.bodies, ...file.tail]).toString()).toBe(
      `begin[0:1:${'a'.repeat(30)}][1:1:${'b'.repeat(29)}]end2`,
    );
    expect(bytesIn(file.tail)).toBeGreaterThan(2 * 10);
    expect(file).toMatchObject({
      key: 'k',
      startOffset: 40,
      endOffset: 41,
      records: 2,
      firstTimestamp: 9,
      partSize: 10,
    });
  });

  test('ends with what its format puts behind the last block, which may be nothing', () => {
    const stream = opened({ ...counting, end: () => Buffer.alloc(0) }, 100);
    add(stream, 'a');
    expect(whole(stream).toString()).toBe('begin[0:1:a]');
  });
});

const datums = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 30 });
const cuts = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });

test('whoever reads the state goes on with the same bytes, wherever the stream was handed on', async () => {
  const kinds = [
    counting,
    { ...(await formatOf({ kind: 'avro', codec: 'deflate', deflateLevel: 6 })), blockBytes: 64 },
    { ...(await formatOf({ kind: 'json', decimals: 'BASE64', gzipLevel: 6 })), blockBytes: 64 },
  ];
  const texts = fc.constantFrom(...kinds);
  fc.assert(
    fc.property(texts, datums, cuts, fc.integer({ min: 1, max: 200 }), (format, all, isCut, partSize) => {
      const alone = opened(format, partSize);
      let stream = opened(format, partSize);
      const uploaded: Buffer[] = [];
      for (const [index, bytes] of all.entries()) {
        const datum = encoded(format, data(Buffer.concat([Buffer.from([2 * bytes.length]), bytes])));
        addTo(alone, datum);
        addTo(stream, datum);
        expect(sizeSoFar(stream)).toBe(sizeSoFar(alone));
        if (isCut[index] === true) stream = resumeStream(handedOn(stream, uploaded), identity, format);
      }
      const parts = [...uploaded, ...stream.bodies];
      expect(parts).toEqual(alone.bodies);
      const size = bytesIn(parts);
      const bytes = whole(stream, uploaded);
      expect(bytes).toEqual(whole(alone));
      expect(parts.length === 0 || bytes.length - size >= LEAST_TAIL).toBe(true);
    }),
  );
});

test('what the format remembers is the last block’s, and is kept with the state', () => {
  const stream = opened(counting, 100);
  expect(stored(stream).memo).toBe(0);
  add(stream, 'aa');
  add(stream, 'bb');
  const state = stored(stream);
  expect(state.memo).toBe(2);
  expect(whole(resumeStream(state, identity, counting)).toString()).toBe('begin[0:1:aa][1:1:bb]end2');
});

test('a format that remembers nothing new keeps what it remembered', () => {
  const { id: _, ...rest } = counting;
  const stream = opened(
    { ...rest, id: 'still', block: (_file, memo, _records, bytes) => ({ bytes: Buffer.from(`${memo}${bytes}`) }) },
    100,
  );
  add(stream, 'aa');
  add(stream, 'bb');
  expect(stored(stream).memo).toBe(0);
});

test('the size of a complete file is that of its parts and its tail', () => {
  const stream = opened(counting, 4);
  for (const text of ['aa', 'bb', 'cc']) add(stream, text);
  const uploaded: Buffer[] = [];
  const resumed = resumeStream(handedOn(stream, uploaded), identity, counting);
  const bytes = whole(resumed, uploaded);
  expect(sizeOf(complete(resumeStream(handedOn(stream, []), identity, counting), 42, 3))).toBe(bytes.length);
});

test('a block that a format gives back as it is can be filled again', () => {
  const stream = opened({ ...counting, block: (_file, _memo, _records, bytes) => ({ bytes }) }, 100);
  add(stream, 'aa');
  add(stream, 'bb');
  expect(whole(stream).toString()).toBe('beginaabbend0');
});
