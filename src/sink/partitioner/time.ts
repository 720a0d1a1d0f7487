// TimeBasedPartitioner, and Daily and Hourly: a directory for each so many milliseconds of local time.
import type { PartitionerConfig } from '../../config/sink-model';
import { ConnectlessError } from '../../errors';
import { type OffsetAt, offsetsOf } from '../../time-zone';
import { type Names, namesOf } from './joda-names';
import { readPattern } from './joda-pattern';
import { printLocal } from './joda-print';
import { instantOf, localStart } from './local-time';
import type { Partitioner } from './partitioner';
import { pathFormatFault } from './path-format-fault';
import { extractorOf } from './timestamp';

type TimeConfig = Extract<PartitionerConfig, { kind: 'time' }>;

/** JavaScript's dates reach a little farther to either side, to September of the year 275760. */
const MOST_MS = 8.6e15;

/** Directories that are remembered. */
const MOST_DIRECTORIES = 10_000;

/** Throws CONFIG_INVALID for a pattern, a locale or a zone that cannot be used. */
export function timePartitioner(config: TimeConfig): Partitioner {
  const extract = extractorOf(config.extractor);
  const offsetAt = offsetsOf(checked(config).timeZone);
  const print = printer(config, offsetAt);
  const directories = new Map<number, string>();
  return (record, now) => {
    const timestamp = extract(record, now);
    if (timestamp instanceof ConnectlessError) return timestamp;
    // NaN is not within, either.
    if (!(Math.abs(timestamp) <= MOST_MS)) return outOfRange();
    const start = localStart(timestamp, config.durationMs, offsetAt);
    let directory = directories.get(start);
    if (directory === undefined) {
      if (directories.size >= MOST_DIRECTORIES) directories.clear();
      directory = print(instantOf(start, offsetAt));
      directories.set(start, directory);
    }
    return { directory, timestamp };
  };
}

function checked(config: TimeConfig): TimeConfig {
  const fault = pathFormatFault(config.pathFormat, config.locale, config.timeZone);
  if (fault === undefined) return config;
  throw new ConnectlessError('CONFIG_INVALID', `path.format cannot be used: ${fault}.`);
}

function printer({ pathFormat, locale, timeZone }: TimeConfig, offsetAt: OffsetAt): (instant: number) => string {
  const parts = readPattern(pathFormat);
  if ('fault' in parts) throw new ConnectlessError('CONFIG_INVALID', parts.fault);
  let known: Names | undefined;
  const names = () => {
    known ??= namesOf(locale);
    return known;
  };
  return (instant) => {
    const offset = offsetAt(instant);
    return printLocal(parts, { date: new Date(instant + offset), offset }, { names, timeZone });
  };
}

function outOfRange(): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_OUT_OF_RANGE',
    'its time is farther from 1970 than 270,000 years. Produce milliseconds, not smaller units, or name another field in timestamp.field.',
  );
}
