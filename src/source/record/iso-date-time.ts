// java.time's print of an instant by the pattern yyyy-MM-dd'T'HH:mm:ss and a fraction, as Connect's iso_datetime_string has it.

const DAY_SECONDS = 86_400;

/**
 * Gregorian throughout; the year is that of its era, which is not told, and has a sign beyond four digits.
 * @param local seconds since 1970-01-01 00:00 on the clock
 */
export function isoDateTime(local: number, fraction: string): string {
  const days = Math.floor(local / DAY_SECONDS);
  const clock = local - days * DAY_SECONDS;
  const time = [Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60].map(two).join(':');
  return `${date(days)}T${time}.${fraction}`;
}

/** Years that begin in March put the leap day last; 146,097 days are 400 years. */
function date(days: number): string {
  const sinceMarch = days + 719_468;
  const era = Math.floor(sinceMarch / 146_097);
  const day = sinceMarch - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const civilYear = year + era * 400 + (month < 10 ? 0 : 1);
  return `${yearOfEra(civilYear > 0 ? civilYear : 1 - civilYear)}-${two(month < 10 ? month + 3 : month - 9)}-${two(dayOfMonth)}`;
}

function yearOfEra(year: number): string {
  return year > 9999 ? `+${year}` : String(year).padStart(4, '0');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
