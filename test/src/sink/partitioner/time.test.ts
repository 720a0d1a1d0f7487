import { describe, expect, test } from '@jest/globals';
import type { PartitionerConfig } from '../../../../src/config/sink-model';
import { partitionerOf } from '../../../../src/sink/partitioner/partitioner-of';
import { jodaRows, NO_VALUE, recordOf } from './sample';

type Row = [timeZone: string, pathFormat: string, locale: string, durationMs: number, instant: number, printed: string];

const HOURLY: PartitionerConfig = {
  kind: 'time',
  durationMs: 3_600_000,
  pathFormat: "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH",
  locale: 'en-US',
  timeZone: 'UTC',
  extractor: { kind: 'record' },
};

describe('a partitioner by time', () => {
  test.each(jodaRows<Row>('directories.json'))(
    '%s, %s, %s, each %p ms: %p is in the directory that Joda prints',
    (timeZone, pathFormat, locale, durationMs, instant, directory) => {
      const extractor = { kind: 'wallclock' } as const;
      const place = partitionerOf({ kind: 'time', durationMs, pathFormat, locale, timeZone, extractor });
      expect(place(recordOf(NO_VALUE), instant)).toEqual({ directory, timestamp: instant });
    },
  );

  test('remembers a directory for its own time alone', () => {
    const place = partitionerOf({ ...HOURLY, timeZone: 'Asia/Kolkata' });
    const hours = Array.from({ length: 400 }, (_, index) => Date.UTC(2024, 1, 1) + (index % 200) * 3_600_000);
    const directories = hours.map((timestamp) => place(recordOf(NO_VALUE, timestamp), 0));
    expect(directories).toEqual(
      hours.map((timestamp) =>
        partitionerOf({ ...HOURLY, timeZone: 'Asia/Kolkata' })(recordOf(NO_VALUE, timestamp), 0),
      ),
    );
    expect(new Set(directories.map((found) => 'directory' in found && found.directory)).size).toBe(200);
  });

  test.each([8.7e15, -8.7e15, Number.NaN])('refuses %p ms, which no date is', (now) => {
    const place = partitionerOf({ ...HOURLY, extractor: { kind: 'wallclock' } });
    expect(place(recordOf(NO_VALUE), now)).toMatchObject({ code: 'TIMESTAMP_OUT_OF_RANGE', retryable: false });
  });

  test('prints ZZZ as the zone is called in the configuration', () => {
    const place = partitionerOf({ ...HOURLY, pathFormat: 'ZZZ', timeZone: 'US/Pacific' });
    expect(place(recordOf(NO_VALUE), 0)).toMatchObject({ directory: 'US/Pacific' });
  });
});
