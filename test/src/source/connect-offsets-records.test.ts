// The stores of Connect's workers: the offsets topic, a console consumer's lines, and the file of a standalone worker.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isOffsetsFile, offsetsFileRecords } from '../../../src/source/connect-offsets-file';
import { offsetLines } from '../../../src/source/connect-offsets-lines';
import { storedOffsets } from '../../../src/source/connect-offsets-records';

const key = (table: string, connector = 'pg') => JSON.stringify([connector, { protocol: '1', table }]);
const at = (incrementing: number) => JSON.stringify({ incrementing });
const of = (table: string, incrementing: bigint) => ({ partition: { table }, position: { incrementing } });

describe("records of a worker's offsets", () => {
  test('the last of a key counts, null deletes it, and other connectors are only named', () => {
    const records = [
      { key: key('public.t'), value: at(1) },
      { key: key('public.gone'), value: at(1) },
      { key: key('public.t', 'other'), value: at(9) },
      { key: key('public.t'), value: at(2) },
      { key: key('public.gone'), value: null },
      { key: null, value: at(3) },
      { key: 'no JSON', value: 'neither' },
      { key: '["other",{"nested":{"a":[1]}}]', value: 'not for us to read' },
    ];
    expect(storedOffsets(records, 'pg')).toEqual({ offsets: [of('public.t', 2n)], others: ['other'] });
  });

  test('are read with the schemas of an old internal converter, too', () => {
    const wrapped = (json: string) => `{"schema":null,"payload":${json}}`;
    const records = [{ key: wrapped(key('t')), value: wrapped(at(7)) }];
    expect(storedOffsets(records, 'pg').offsets).toEqual([of('t', 7n)]);
  });

  test.each([
    [key('t'), '{"incrementing":', 'are no JSON'],
    ['["pg",{"server":"x"}]', '{}', 'has no partition of a JDBC source'],
  ])('are refused where this connector has another: %s', (own, value, message) => {
    expect(() => storedOffsets([{ key: own, value }], 'pg')).toThrow(
      expect.objectContaining({ code: 'OFFSETS_INVALID', message: expect.stringContaining(message) }),
    );
  });
});

describe('lines of a console consumer', () => {
  test.each([
    ['a tab', `${key('public.t')}\t${at(7)}`],
    ['a bar', `${key('public.t')}|${at(7)}`],
    ['blanks', `${key('public.t')}   ${at(7)}  \r`],
    [
      'what other print properties add',
      `CreateTime:1704067200123\tPartition:3\tOffset:9\t${key('public.t')}\t${at(7)}`,
    ],
    ['schemas', `{"schema":null,"payload":${key('public.t')}}\t{"schema":null,"payload":${at(7)}}`],
  ])('are read with %s', (_, line) => {
    expect(storedOffsets(offsetLines(line, 'pg'), 'pg').offsets).toEqual([of('public.t', 7n)]);
  });

  test('say with null that an offset is deleted, and go over what is none', () => {
    const text = [
      `${key('a')}\t${at(1)}`,
      `${key('a')}\tnull`,
      `${key('b')}\t${at(2)}`,
      '',
      'Processed a total of 3 messages',
    ];
    expect(storedOffsets(offsetLines(text.join('\n'), 'pg'), 'pg').offsets).toEqual([of('b', 2n)]);
  });

  test.each([
    ['its value', key('public.t')],
    ['half its key', '["pg",{"table":"t"'],
  ])('are refused without %s, by their number', (_, line) => {
    expect(() => offsetLines(`\n${line}`, 'pg')).toThrow(
      expect.objectContaining({ code: 'OFFSETS_INVALID', message: expect.stringContaining('Line 2 is no record') }),
    );
  });

  test('keep key and value, whatever the table is called', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('a{b', 'a}]\t{', '"q"', 'null', '__proto__'));
    fc.assert(
      fc.property(name, fc.constantFrom('\t', '|', ' => '), fc.integer(), (table, separator, id) => {
        const value = JSON.stringify({ incrementing: id + 0 });
        expect(offsetLines(`${key(table)}${separator}${value}`, 'pg')).toEqual([{ key: key(table), value }]);
      }),
    );
  });
});

describe("a standalone worker's file", () => {
  // Written by java.io.ObjectOutputStream of Java 17 as FileOffsetBackingStore does it.
  const file = Buffer.from(
    'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3RvckkACXRocmVzaG9sZHhwP0AAAAAAAAx3CAAAABAAAAAEdX' +
      'IAAltCrPMX+AYIVOACAAB4cAAAAD9bImNvbm5lY3QtcG9zdGdyZXNxbCIseyJwcm90b2NvbCI6IjEiLCJ0YWJsZSI6InB1YmxpYy5wcmljZXMi' +
      'fV11cQB+AAIAAAAheyJpbmNyZW1lbnRpbmciOjkwMDcxOTkyNTQ3NDA5OTN9dXEAfgACAAAAJ1siY29ubmVjdC1wb3N0Z3Jlc3FsIix7InRhYm' +
      'xlIjoiZ29uZSJ9XXB1cQB+AAIAAAA/WyJjb25uZWN0LXBvc3RncmVzcWwiLHsicHJvdG9jb2wiOiIxIiwidGFibGUiOiJwdWJsaWMub3JkZXJz' +
      'In1ddXEAfgACAAAAN3sidGltZXN0YW1wX25hbm9zIjoxMjM5OTkwMDAsInRpbWVzdGFtcCI6MTcwNDA2NzIwMDEyM311cQB+AAIAAAAyWyJvdG' +
      'hlciIseyJwcm90b2NvbCI6IjEiLCJ0YWJsZSI6InB1YmxpYy5wcmljZXMifV11cQB+AAIAAAASeyJpbmNyZW1lbnRpbmciOjd9eA==',
    'base64',
  );
  const empty = Buffer.from(
    'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3RvckkACXRocmVzaG9sZHhwP0AAAAAAAAB3CAAAABAAAAAAeA==',
    'base64',
  );

  test('is read: offsets, a deleted one, and those of other connectors', () => {
    expect(isOffsetsFile(file)).toBe(true);
    expect(storedOffsets(offsetsFileRecords(file), 'connect-postgresql')).toEqual({
      offsets: [
        of('public.prices', 9_007_199_254_740_993n),
        { partition: { table: 'public.orders' }, position: { timestamp: 1_704_067_200_123_999n } },
      ],
      others: ['other'],
    });
    expect(offsetsFileRecords(empty)).toEqual([]);
  });

  test('is refused at every length but its own', () => {
    for (let length = 4; length < file.length; length += 1) {
      expect(() => offsetsFileRecords(file.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'OFFSETS_INVALID', message: expect.stringContaining('ends too early') }),
      );
    }
  });

  test('is refused when another object is in it', () => {
    const tree = Buffer.from(file.toString('latin1').replace('java.util.HashMap', 'java.util.TreeMap'), 'latin1');
    expect(() => offsetsFileRecords(tree)).toThrow('byte 4 begins something else');
  });

  test('is told from text', () => {
    expect(isOffsetsFile(Buffer.from('{"offsets":[]}'))).toBe(false);
    expect(isOffsetsFile(Buffer.alloc(0))).toBe(false);
  });
});
