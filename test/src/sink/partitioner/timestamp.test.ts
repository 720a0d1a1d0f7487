import { describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../../src/errors';
import { extractorOf } from '../../../../src/sink/partitioner/timestamp';
import { datum, json, NO_VALUE, recordOf } from './sample';

const NOW = 1_800_000_000_000;
const LEAP_DAY = 1709164800000;

describe('the wall clock', () => {
  test('is that of the batch', () => {
    expect(extractorOf({ kind: 'wallclock' })(recordOf(NO_VALUE), NOW)).toBe(NOW);
  });
});

describe("the record's timestamp", () => {
  test.each([
    [LEAP_DAY, LEAP_DAY],
    [0, 0],
    [-1, 'TIMESTAMP_MISSING'],
  ])('%p gives %p', (timestamp, expected) => {
    const found = extractorOf({ kind: 'record' })(recordOf(NO_VALUE, timestamp), NOW);
    expect(found instanceof ConnectlessError ? found.code : found).toBe(expected);
  });
});

describe('the timestamp in a field', () => {
  const at = (value: Parameters<typeof recordOf>[0], field = 't') => {
    const found = extractorOf({ kind: 'field', field })(recordOf(value), NOW);
    return found instanceof ConnectlessError ? found.code : found;
  };

  test.each<[type: unknown, value: unknown, expected: unknown]>([
    ['long', 1709164800000n, LEAP_DAY],
    ['long', -1n, -1],
    ['int', 7, 7],
    [{ type: 'long', logicalType: 'timestamp-millis' }, 1709164800000n, LEAP_DAY],
    [['null', { type: 'long', logicalType: 'timestamp-millis' }], 1709164800000n, LEAP_DAY],
    // Connect knows no such logical type: a long of milliseconds.
    [{ type: 'long', logicalType: 'timestamp-micros' }, 1709164800000000n, 1709164800000000],
    [{ type: 'int', logicalType: 'date' }, 19782, 'TIMESTAMP_FIELD_TYPE'],
    [{ type: 'int', logicalType: 'time-millis' }, 5, 'TIMESTAMP_FIELD_TYPE'],
    ['boolean', true, 'TIMESTAMP_FIELD_TYPE'],
    ['double', 1.5, 'TIMESTAMP_FIELD_TYPE'],
    ['bytes', Buffer.from('1'), 'TIMESTAMP_FIELD_TYPE'],
    ['string', '2024-02-29', LEAP_DAY],
    ['string', '2024-02-29T02:00:00+02:00', LEAP_DAY],
    ['string', '1709164800123', 1709164800123],
    ['string', '-12345', -12345],
    ['string', '2024', Date.UTC(2024)],
    ['string', 'yesterday', 'TIMESTAMP_UNREADABLE'],
    ['string', '', 'TIMESTAMP_UNREADABLE'],
    [['null', 'string'], null, 'TIMESTAMP_MISSING'],
    [['null', 'long'], null, 'TIMESTAMP_MISSING'],
  ])('of type %j that is %p gives %p', (type, t, expected) => {
    const schema = JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 't', type }] });
    expect(at(datum(schema, { t }))).toBe(expected);
  });

  test.each([
    ['{"t":1709164800000}', 't', LEAP_DAY],
    ['{"t":"2024-02-29T00:00:00Z"}', 't', LEAP_DAY],
    ['{"n":{"t":"1709164800000"}}', 'n.t', LEAP_DAY],
    ['{"t":null}', 't', 'TIMESTAMP_MISSING'],
    ['{"t":1.5}', 't', 'TIMESTAMP_FIELD_TYPE'],
    ['{"t":false}', 't', 'TIMESTAMP_FIELD_TYPE'],
    ['{}', 't', 'TIMESTAMP_FIELD_MISSING'],
    ['[]', 't', 'TIMESTAMP_FIELD_MISSING'],
  ])('in %s at %s gives %p', (text, field, expected) => {
    expect(at(json(text), field)).toBe(expected);
  });

  test('is not quoted when it cannot be read', () => {
    const error = extractorOf({ kind: 'field', field: 't' })(recordOf(json('{"t":"s3cr3t"}')), NOW);
    expect(String(error)).toMatch(/field t/);
    expect(String(error)).not.toMatch(/s3cr3t/);
  });
});
