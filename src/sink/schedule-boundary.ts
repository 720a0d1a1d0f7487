// The boundaries of `rotate.schedule.interval.ms`: multiples of it from the local midnight, the next midnight among them.

const DAY_MS = 86_400_000;

/** The first boundary behind the instant; both epoch milliseconds. @param timeZone an IANA name */
export function nextBoundary(instant: number, intervalMs: number, timeZone: string): number {
  const today = startOfDay(instant, timeZone);
  const next = today + (Math.floor((instant - today) / intervalMs) + 1) * intervalMs;
  return next > today + SHORTEST_DAY_MS ? Math.min(next, startOfNextDay(today, timeZone)) : next;
}

// A day that loses hours to daylight saving is longer than this.
const SHORTEST_DAY_MS = DAY_MS / 2;

/** The first instant of the local day: where a change of the clocks skips midnight, it is the one behind the gap. */
function startOfDay(instant: number, timeZone: string): number {
  const day = localDay(instant, timeZone);
  let [before, within] = [instant - 2 * DAY_MS, instant];
  // Local days only grow with time, but for zones that moved over the date line, where some are skipped or come twice.
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(middle, timeZone) === day) within = middle;
    else before = middle;
  }
  return within;
}

function startOfNextDay(today: number, timeZone: string): number {
  const day = localDay(today, timeZone);
  let [within, after] = [today, today + 2 * DAY_MS];
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2);
    if (localDay(middle, timeZone) === day) within = middle;
    else after = middle;
  }
  return after;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date, as a text. */
function localDay(instant: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(instant);
}
