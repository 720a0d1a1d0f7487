// Keys for formats that hold records alone.
import { describe, expect, test } from '@jest/globals';
import { keyRecord } from '../../../src/convert/key-record';
import { optionalString } from '../../../src/convert/optional';
import { decoded } from './decoded';

describe('a key', () => {
  test('becomes a record of one field with the same bytes', () => {
    const key = optionalString(Buffer.from('k'));
    expect(decoded(keyRecord(key))).toEqual({
      schema:
        '{"type":"record","name":"RecordKey","fields":[{"name":"key","type":["null","string"],"default":null}],"connect.name":"RecordKey"}',
      value: { key: 'k' },
    });
    expect(keyRecord(key).bytes).toBe(key.bytes);
  });

  test('of the same schema becomes one of the same schema', () => {
    const [one, other] = ['k', 'l'].map((text) => keyRecord(optionalString(Buffer.from(text))).schema);
    expect(one).toBe(other);
  });
});
