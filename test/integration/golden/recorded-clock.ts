// The wall clock of a recorded case: it goes on from when the case was recorded, as far as its files tell.
import type { RecordedCase } from './recorded-case';
import { stepsOf } from './recorded-case';

export interface RecordedClock {
  /** Epoch milliseconds. */
  now(): number;
  advance(ms: number): void;
}

/** A partitioner by wall clock put the time into the keys: the clock is a quarter past their first hour. Otherwise it is ours. */
export function recordedClock(recorded: RecordedCase): RecordedClock {
  const began = Date.now();
  let start = wallClockOf(recorded) ?? began;
  return {
    now: () => start + Date.now() - began,
    advance: (ms) => {
      start += ms;
    },
  };
}

function wallClockOf(recorded: RecordedCase): number | undefined {
  const { connector } = recorded;
  const extractor = connector['timestamp.extractor'] ?? 'Wallclock';
  if (!/TimeBased|Daily|Hourly/.test(connector['partitioner.class'] ?? '') || extractor !== 'Wallclock')
    return undefined;
  const [key] = stepsOf(recorded)
    .flatMap(({ result }) => Object.keys(result.files))
    .sort();
  const [, year, month, day, hour] = /year=(\d+).month=(\d+).day=(\d+)(?:.hour=(\d+))?/.exec(key ?? '') ?? [];
  if (year === undefined) return undefined;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 12), 15);
  return local - zoneOffset(connector.timezone ?? 'UTC', local);
}

/** Milliseconds that the zone is ahead of UTC. */
function zoneOffset(timeZone: string, at: number): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - at;
}
