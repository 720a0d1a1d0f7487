// Connect's offsets are instants; a cursor has what a column without time zone shows, on the clock of db.timezone.
import type { Position } from './position';
import { javaZone } from './record/java-zone';

const SECOND = 1_000_000n;

/** An instant, as such a column shows it. */
export function toColumnClock(position: Position, timeZone: string): Position {
  return moved(position, (seconds) => seconds + javaZone(timeZone).secondsEast(seconds));
}

/** What such a column shows, as the instant that Connect takes it for. */
export function toInstant(position: Position, timeZone: string): Position {
  const { fromLocal = (seconds: number) => seconds } = javaZone(timeZone);
  return moved(position, fromLocal);
}

function moved(position: Position, move: (seconds: number) => number): Position {
  const { timestamp } = position;
  if (timestamp === undefined) return position;
  const rest = ((timestamp % SECOND) + SECOND) % SECOND;
  const seconds = Number((timestamp - rest) / SECOND);
  return { ...position, timestamp: BigInt(move(seconds)) * SECOND + rest };
}
