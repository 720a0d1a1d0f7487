import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wireHeader } from '../../../src/avro/wire';
import { append, type BlockBuffer, blockBuffer, datumsOf, empty, refill, stage } from '../../../src/sink/blocks';

const value = (datum: Uint8Array, id = 7) => Buffer.concat([wireHeader(id), datum]).toString('base64');
/** Keeps what is staged in one block as the last datum of another, or of the same. */
const keep = (from: BlockBuffer, to: BlockBuffer) => append(to, from.bytes, from.stagedStart, from.stagedEnd);
const datums = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 });

describe('a block that gathers datums', () => {
  test('holds what was kept, in order, whatever was staged and refused in between', () => {
    fc.assert(
      fc.property(datums, fc.array(fc.boolean()), fc.nat(64), (given, refused, capacity) => {
        const block = blockBuffer(capacity);
        const kept = given.filter((datum, index) => {
          expect(stage(block, value(datum))).toBe(7);
          if (refused[index] === true) return false;
          keep(block, block);
          return true;
        });
        expect(datumsOf(block)).toEqual(Buffer.concat(kept));
        expect(block.records).toBe(kept.length);
      }),
    );
  });

  test('keeps a staged datum after its other datums were taken away, or in another block', () => {
    fc.assert(
      fc.property(datums, fc.uint8Array(), (given, last) => {
        const block = blockBuffer(8);
        refill(block, given.length, Buffer.concat(given));
        stage(block, value(last));
        const other = blockBuffer(8);
        keep(block, other);
        empty(block);
        keep(block, block);
        expect(datumsOf(other)).toEqual(Buffer.from(last));
        expect(datumsOf(block)).toEqual(Buffer.from(last));
      }),
    );
  });

  test('refuses whatever base64 decoders pass over, and leaves its datums as they were', () => {
    const given = Buffer.from('some datums');
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
        (datum, at, unit) => {
          const good = value(datum);
          const bad = good.slice(0, at % good.length) + unit + good.slice((at % good.length) + 1);
          const block = blockBuffer();
          refill(block, 1, given);
          const outcome = stage(block, bad);
          expect(datumsOf(block)).toEqual(given);
          const isBase64 = /^[A-Za-z0-9+/_-]*={0,2}$/.test(bad) && bad.length % 4 === 0;
          expect(outcome === 'not-base64').toBe(!isBase64);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['', 'no-wire-format'],
    ['AAAA', 'no-wire-format'],
    [Buffer.from([1, 0, 0, 0, 7, 2]).toString('base64'), 'no-wire-format'],
    ['AAAAA', 'not-base64'],
    ['AAAA AAA', 'not-base64'],
  ])('%s is %s', (text, fault) => {
    expect(stage(blockBuffer(), text)).toBe(fault);
  });
});
