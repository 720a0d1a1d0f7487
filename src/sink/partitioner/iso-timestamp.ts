// Reads a date and time as Joda's ISODateTimeFormat.dateTimeParser() does, which Connect's RecordField extractor uses.

/*
 * text     = date ["T" [time] [offset]] / "T" time [offset]            letters in any case, digits may be fewer than usual
 * date     = year ["-" month ["-" day]] / year "-W" week ["-" weekday] / year "-" yearday
 * time     = hour [":" minute [":" second [fraction]] / ":" minute fraction / fraction]
 * fraction = ("." / ",") 1*9DIGIT
 * offset   = "Z" / ("+" / "-") hh [":" mm [":" ss [("." / ",") 1*3DIGIT]]], or without the colons
 */
const DATE = String.raw`(?<year>[+-]?\d{1,9})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?|-W(?<week>\d{1,2})(?:-(?<weekday>\d))?|-(?<yearday>\d{1,3}))?`;
const time = (n: number) =>
  String.raw`(?<hour${n}>\d{1,2})(?::(?<minute${n}>\d{1,2})(?::(?<second${n}>\d{1,2}))?)?(?:[.,](?<fraction${n}>\d{1,9}))?`;
const offset = (n: number) =>
  String.raw`(?<zone${n}>Z|[+-]\d\d(?::\d\d(?::\d\d(?:[.,]\d{1,3})?)?|\d\d(?:\d\d(?:\d{1,3})?)?)?)?`;
const TEXT = new RegExp(`^(?:${DATE}(?:T(?:${time(1)})?${offset(1)})?|T${time(2)}${offset(2)})$`, 'i');

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

type Groups = Readonly<Record<string, string | undefined>>;

/** Epoch milliseconds, of UTC where the text has no offset; undefined: Joda would not take the text. */
export function isoTimestamp(text: string): number | undefined {
  const groups: Groups | undefined = TEXT.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const date = dateOf(groups);
  const time = timeOf(groups);
  const zone = zoneOf(groups.zone1 ?? groups.zone2 ?? 'Z');
  return date === undefined || time === undefined || zone === undefined ? undefined : date + time - zone;
}

/** Undefined: there is no such day. */
function dateOf({ year, month, day, week, weekday, yearday }: Groups): number | undefined {
  if (year === undefined) return 0;
  const start = startOfYear(Number(year));
  if (week !== undefined) return weekDate(Number(year), Number(week), Number(weekday ?? 1));
  if (yearday !== undefined) {
    return within(
      Number(yearday),
      1,
      (startOfYear(Number(year) + 1) - start) / DAY,
      (days) => start + (days - 1) * DAY,
    );
  }
  const date = new Date(start);
  date.setUTCMonth(Number(month ?? 1) - 1, Number(day ?? 1));
  const exists = date.getUTCMonth() + 1 === Number(month ?? 1) && date.getUTCDate() === Number(day ?? 1);
  return exists ? date.getTime() : undefined;
}

/** ISO 8601's weeks: the first one has the fourth of January. */
function weekDate(year: number, week: number, weekday: number): number | undefined {
  const first = firstMonday(year);
  const weeks = (firstMonday(year + 1) - first) / (7 * DAY);
  return within(week, 1, weeks, () => within(weekday, 1, 7, () => first + (7 * (week - 1) + weekday - 1) * DAY));
}

function firstMonday(year: number): number {
  const fourth = startOfYear(year) + 3 * DAY;
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
}

function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year);
}

/** Undefined: there is no such time. The fraction is one of the smallest unit that is given. */
function timeOf(groups: Groups): number | undefined {
  const hour = groups.hour1 ?? groups.hour2 ?? '0';
  const minute = groups.minute1 ?? groups.minute2;
  const second = groups.second1 ?? groups.second2;
  const fraction = groups.fraction1 ?? groups.fraction2 ?? '';
  const unit = second !== undefined ? 1000 : minute !== undefined ? MINUTE : HOUR;
  return within(Number(hour), 0, 23, (hours) =>
    within(Number(minute ?? 0), 0, 59, (minutes) =>
      within(
        Number(second ?? 0),
        0,
        59,
        (seconds) => hours * HOUR + minutes * MINUTE + seconds * 1000 + part(fraction, unit),
      ),
    ),
  );
}

/** Of the unit, cut to milliseconds, each digit before they are added to a tenth of one. */
function part(fraction: string, unitMs: number): number {
  let digitTenths = unitMs * 10;
  let tenths = 0;
  for (const digit of fraction) {
    digitTenths = Math.floor(digitTenths / 10);
    tenths += Number(digit) * digitTenths;
  }
  return Math.floor(tenths / 10);
}

/** Milliseconds east of UTC. */
function zoneOf(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const digits = text.replaceAll(/\D/g, '');
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2) || 0));
  const ms = Number(digits.slice(6).padEnd(3, '0'));
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000 + ms;
  return text.startsWith('-') ? -offset : offset;
}

function within<Result>(
  value: number,
  least: number,
  most: number,
  then: (value: number) => Result,
): Result | undefined {
  return value >= least && value <= most ? then(value) : undefined;
}
