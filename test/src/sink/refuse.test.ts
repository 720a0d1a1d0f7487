import { beforeAll, describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { message, record, records, sampleConfig } from './sample';
import { filesOf, planned } from './sample-plan';
import { loadSampleFormats } from './sample-rules';

beforeAll(loadSampleFormats);

describe('errors.tolerance=all', () => {
  const tolerant = { errors: { ...sampleConfig.errors, tolerance: 'all' as const } };
  const broken = record(1, { value: message(1, 'x').slice(0, 8) });

  test('passes over records that cannot be written, which do not count', () => {
    const outcome = planned([record(0), broken, record(2, { schemaId: 9 }), record(3), record(4)], {
      config: tolerant,
    });
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.faults.map(({ record: { offset }, stage, error }) => [offset, stage, error.code])).toEqual([
      [1, 'VALUE_CONVERTER', 'BROKEN_DATUM'],
      [2, 'VALUE_CONVERTER', 'SCHEMA_NOT_FOUND'],
    ]);
    expect(outcome.faults[0]?.error.message).toContain('Topic prices, partition 0, offset 1: ');
    expect(filesOf(outcome).closing).toEqual(['partition=0/0.avro ×3']);
    expect(outcome.state?.last.offset).toBe(4);
  });

  test('writes a state also when all records of a batch were passed over: they do not come again', () => {
    expect(planned([broken], { config: tolerant }).state?.last.offset).toBe(1);
  });

  test('does not pass over a record whose schema the registry may have when it answers again', () => {
    const down = new ConnectlessError('REGISTRY_DOWN', 'no answer', { retryable: true });
    expect(planned(records(0, 2), { config: tolerant, known: () => down })).toMatchObject({
      stopped: { code: 'REGISTRY_DOWN', retryable: true },
      faults: [],
    });
  });
});
