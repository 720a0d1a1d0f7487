// Why a `path.format` cannot be printed with its locale and time zone.
import { readPattern } from './joda-pattern';

/** Undefined: it can. A sentence without its full stop: for the pattern Joda's own words. */
export function pathFormatFault(pattern: string, locale: string, timeZone: string): string | undefined {
  const parts = readPattern(pattern);
  if ('fault' in parts) return parts.fault;
  if (!isKnown(() => new Intl.Locale(locale))) return `${locale} is no language tag`;
  if (!isKnown(() => new Intl.DateTimeFormat('en', { timeZone }))) return `${timeZone} is no time zone`;
  return undefined;
}

function isKnown(make: () => object): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
