// Names of months, days, halves of the day and eras, as a pattern of Joda's prints them in Connect.

export interface Names {
  /** From January. */
  readonly months: Style;
  /** From Monday. */
  readonly days: Style;
  /** AM, PM. */
  readonly halfdays: readonly string[];
  /** Before and after year 1. */
  readonly eras: readonly string[];
}

interface Style {
  readonly short: readonly string[];
  readonly long: readonly string[];
}

/**
 * Connect makes its locale with `new Locale(text)`, which takes the text for a language: `de` is German, but `de-DE` (and `en-US`) is
 * no language, and Java falls back on its root, which has short names only.
 */
export function namesOf(locale: string): Names {
  return isLanguage(locale) ? languageNames(locale) : ROOT;
}

function isLanguage(locale: string): boolean {
  return /^[A-Za-z]{2,8}$/.test(locale) && Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');

const ROOT: Names = {
  months: { short: MONTHS, long: MONTHS },
  days: { short: DAYS, long: DAYS },
  halfdays: ['AM', 'PM'],
  eras: ['BCE', 'CE'],
};

/** In the Unicode CLDR's version of Node: Java's own has other names here and there. */
function languageNames(language: string): Names {
  const print = printer(language);
  const style = (names: (width: 'short' | 'long') => string[]): Style => ({
    short: names('short'),
    long: names('long'),
  });
  return {
    months: style((width) => MONTHS.map((_, month) => monthName(print, Date.UTC(2024, month, 1), width))),
    // A Monday is the first of January 2024.
    days: style((width) =>
      DAYS.map((_, day) =>
        print('weekday', Date.UTC(2024, 0, 1 + day), { weekday: width, month: 'long', day: 'numeric' }),
      ),
    ),
    halfdays: [0, 12].map((hour) =>
      print('dayPeriod', Date.UTC(2024, 0, 1, hour), { hour: 'numeric', hourCycle: 'h12' }),
    ),
    eras: [-99, 99].map((year) => print('era', Date.UTC(2024 + 100 * year), { era: 'short' })),
  };
}

type Print = (part: Intl.DateTimeFormatPartTypes, instant: number, fields: Intl.DateTimeFormatOptions) => string;

function printer(language: string): Print {
  return (part, instant, fields) => {
    const options = { ...fields, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const;
    const parts = new Intl.DateTimeFormat(language, options).formatToParts(instant);
    return parts.find(({ type }) => type === part)?.value ?? '';
  };
}

/** As it stands beside a day, which inflects it in some languages, and leaves but a number in others. */
function monthName(print: Print, instant: number, width: 'short' | 'long'): string {
  const beside = print('month', instant, { month: width, day: 'numeric' });
  return /^\d+$/.test(beside) ? print('month', instant, { month: width }) : beside;
}
