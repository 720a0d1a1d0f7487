import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SinkConfig } from '../../../../src/config/sink-model';
import { logger } from '../../../../src/log';
import type { Metrics } from '../../../../src/metrics/metrics';
import type { DeadLetter } from '../../../../src/sink/dead-letters/letter';
import { passOver, sayGap } from '../../../../src/sink/dead-letters/pass-over';
import { record, sampleSource } from '../sample';
import { sampleFault, tolerant } from './sample-fault';

const log = {
  error: jest.spyOn(logger, 'error').mockImplementation(() => undefined),
  warn: jest.spyOn(logger, 'warn').mockImplementation(() => undefined),
};
beforeEach(() => {
  jest.clearAllMocks();
});

function reporting(config: SinkConfig, send = async (_: readonly DeadLetter[]) => undefined) {
  const counted: Record<string, number> = {};
  const metrics: Metrics = {
    add: (name, value) => {
      counted[name] = (counted[name] ?? 0) + value;
    },
    since: () => undefined,
    flush: () => undefined,
  };
  const sent: DeadLetter[] = [];
  const deadLetters = {
    send: async (letters: readonly DeadLetter[]) => {
      await send(letters);
      sent.push(...letters);
    },
  };
  return {
    on: { config, metrics, ...(config.errors.deadLetters === undefined ? {} : { deadLetters }) },
    counted,
    sent,
  };
}

const { deadLetters: _, ...queueless } = tolerant().errors;
const passed = { faults: [sampleFault(), sampleFault({ stage: 'TASK_PUT' })], ignored: [record(7)] };

describe('what is passed over', () => {
  test('goes to the dead letters; ignored nulls are counted as skipped', async () => {
    const { on, counted, sent } = reporting(tolerant());
    await passOver(on, sampleSource, passed);
    expect(sent.map(({ value }) => String(value))).toEqual(['not avro', 'not avro']);
    expect(counted).toEqual({ SinkDeadLetters: 2, SinkSkipped: 1 });
  });

  test('is skipped, and counted, where there is no topic for it', async () => {
    const { on, counted } = reporting({ ...tolerant(), errors: queueless });
    await passOver(on, sampleSource, passed);
    expect(counted).toEqual({ SinkSkipped: 3 });
  });

  test('is not counted while it could not be sent, and the failure is answered', async () => {
    const { on, counted } = reporting(tolerant(), () => Promise.reject(new Error('no broker')));
    await expect(passOver(on, sampleSource, passed)).rejects.toThrow('no broker');
    expect(counted).toEqual({});
  });

  test('is logged with errors.log.enable alone', async () => {
    await passOver(reporting(tolerant({ log: false })).on, sampleSource, passed);
    expect(log.error).not.toHaveBeenCalled();
    await passOver(reporting(tolerant({ log: true })).on, sampleSource, passed);
    expect(log.error.mock.calls).toEqual([
      [expect.stringContaining("'VALUE_CONVERTER'"), { code: 'NO_WIRE_FORMAT', error: passed.faults[0]?.error }],
      [expect.stringContaining("'TASK_PUT'"), { code: 'NO_WIRE_FORMAT', error: passed.faults[1]?.error }],
    ]);
  });

  test('is never logged with key or value', async () => {
    await passOver(reporting(tolerant({ log: true, logMessages: true })).on, sampleSource, passed);
    const said = JSON.stringify(log.error.mock.calls);
    for (const secret of ['not avro', 'bm90IGF2cm8=', '6e6f74206176726f']) expect(said).not.toContain(secret);
  });

  test('needs no queue when there is nothing', async () => {
    const { on, counted } = reporting(tolerant());
    await passOver(on, sampleSource, { faults: [], ignored: [] });
    expect(counted).toEqual({});
  });
});

test('a gap is logged with its ends, and its offsets are counted', () => {
  const { on, counted } = reporting(tolerant());
  sayGap(on, sampleSource, { from: 10, to: 19 });
  expect(counted).toEqual({ SinkGapRecords: 10 });
  expect(log.warn).toHaveBeenCalledWith('Offsets were gone before they were read', {
    connector: 's3-sink',
    ...sampleSource,
    from: 10,
    to: 19,
  });
});
