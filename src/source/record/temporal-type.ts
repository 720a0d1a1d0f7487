// Dates and times in Avro: Connect's logical types, and what timestamp.granularity makes of timestamps.
import type { TypesConfig } from '../../config/source-model';
import { type AvroOutput, writeBigLong, writeLong, writeString } from './avro-output';
import { type ColumnType, logicalType } from './avro-type';
import { isoDateTime } from './iso-date-time';
import { javaZone } from './java-zone';
import { dateDays, epochSeconds, timeMillis, timestampMicros } from './temporal';

type Write = ColumnType['write'];

/** So many seconds either way, microseconds are integers that a double holds. */
const SAFE_SECONDS = 9_000_000_000;
const LONGEST = 2n ** 63n - 1n;
const SHORTEST = -(2n ** 63n);

/** Connect reads dates in UTC whatever db.timezone is. */
export const dateType: ColumnType = {
  schema: logicalType('int', 'Date', 'date'),
  write: (out, text) => writeLong(out, dateDays(text)),
};

export function timeType({ timeZone }: TypesConfig): ColumnType {
  const { fromLocal } = javaZone(timeZone);
  return {
    schema: logicalType('int', 'Time', 'time-millis'),
    write: (out, text) => writeLong(out, timeMillis(text, fromLocal)),
  };
}

/** Of timestamp; of timestamptz, too, whose text has an offset. */
export function timestampType({ timestampGranularity, timeZone }: TypesConfig): ColumnType {
  const zone = javaZone(timeZone);
  const seconds = (text: string) => epochSeconds(text, zone.fromLocal);
  const micros = (text: string) => microsOf(seconds(text), timestampMicros(text));
  const nanos = (text: string) => BigInt(seconds(text)) * 1_000_000_000n + BigInt(timestampMicros(text) * 1000);
  const iso = (text: string, zeros: string) => {
    const instant = seconds(text);
    const fraction = String(timestampMicros(text)).padStart(6, '0') + zeros;
    return isoDateTime(instant + zone.secondsEast(instant), fraction);
  };
  switch (timestampGranularity) {
    case 'connect_logical':
      return {
        schema: logicalType('long', 'Timestamp', 'timestamp-millis'),
        write: (out, text) => writeMillis(out, seconds(text), Math.floor(timestampMicros(text) / 1000)),
      };
    case 'micros_long':
      return { schema: 'long', write: (out, text) => writeEither(out, micros(text)) };
    case 'micros_string':
      return { schema: 'string', write: written((text) => String(micros(text))) };
    case 'micros_iso_datetime_string':
      return { schema: 'string', write: written((text) => iso(text, '')) };
    case 'nanos_long':
      return { schema: 'long', write: (out, text) => writeBigLong(out, asLong(nanos(text))) };
    case 'nanos_string':
      return { schema: 'string', write: written((text) => String(nanos(text))) };
    case 'nanos_iso_datetime_string':
      return { schema: 'string', write: written((text) => iso(text, '000')) };
  }
}

function written(print: (text: string) => string): Write {
  return (out, text) => writeString(out, print(text));
}

function writeMillis(out: AvroOutput, seconds: number, millis: number): void {
  const value = seconds * 1000 + millis;
  if (Number.isSafeInteger(value)) writeLong(out, value);
  else writeBigLong(out, BigInt(seconds) * 1000n + BigInt(millis));
}

function writeEither(out: AvroOutput, value: number | bigint): void {
  if (typeof value === 'bigint') writeBigLong(out, value);
  else writeLong(out, value);
}

function microsOf(seconds: number, micros: number): number | bigint {
  if (Math.abs(seconds) < SAFE_SECONDS) return seconds * 1_000_000 + micros;
  return asLong(BigInt(seconds) * 1_000_000n + BigInt(micros));
}

/** What a long does not hold becomes its end, as in java.util.concurrent.TimeUnit. */
function asLong(value: bigint): bigint {
  if (value > LONGEST) return LONGEST;
  return value < SHORTEST ? SHORTEST : value;
}
