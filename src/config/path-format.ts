// Checks a pattern of dates of Joda's (org.joda.time.format.DateTimeFormat): its letters, and where its text would lead.
import type { Problem } from './report';
import { keyPart } from './validators';

/** Joda refuses all others outside quotes. */
const LETTERS = 'GCYyxweEDMdaKhHkmsSZ';
/** The name of the zone, which Joda takes from Java's own tables. */
const ZONE_NAME = 'z';

/** Text stands in quotes; one that is not closed reaches to the end. */
export function pathFormatProblem(pattern: string): Problem | undefined {
  const unquoted = pattern.replaceAll(/'[^']*('|$)/g, '');
  if (unquoted.includes(ZONE_NAME)) {
    return {
      what: "has the letter z, a zone's name, which depends on the version of Java",
      write: 'use Z or ZZ, its offset',
    };
  }
  const letter = [...unquoted].find((character) => /[A-Za-z]/.test(character) && !LETTERS.includes(character));
  if (letter !== undefined) {
    return {
      what: `has the letter ${letter}, which no pattern of Joda's has`,
      write: `write text in quotes: 'year'=YYYY`,
    };
  }
  return keyPart.check(pattern.replaceAll("'", ''));
}
