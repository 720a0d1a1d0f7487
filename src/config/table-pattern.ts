// Patterns of tables' names: those of the include and exclude lists, and those that columns are mapped by.
import { javaPatternProblem, wholeMatch } from './java-pattern';
import type { Problem } from './report';
import type { ColumnMapping } from './source-model';
import { text } from './validators';

const EXAMPLE = 'public\\.prices.*';

/** Confluent's are of RE2, matched against whole names (TableCollectionUtils): what both have is read the same here. */
export const listedPattern = text('regular expressions', patternProblem);

/** `one`: only one column may stand behind the pattern. */
export function columnMapping(one: boolean) {
  const form = one ? 'pattern:column' : 'pattern:[column|column]';
  const write = `write ${form}, such as ${EXAMPLE}:${one ? 'id' : '[updated|created]'}`;
  return text(`\`${form}\``, (entry) => {
    const { pattern, columns } = split(entry);
    if (pattern === '' || columns.length === 0 || columns.includes('')) return { what: `is not ${form}`, write };
    if (one && columns.length > 1) return { what: 'maps a table to several columns', write };
    return patternProblem(pattern);
  });
}

/** Of an entry without a problem. */
export function readMapping(entry: string): ColumnMapping {
  const { pattern, columns } = split(entry);
  return { table: wholeMatch(pattern), columns };
}

function patternProblem(pattern: string): Problem | undefined {
  if (/\{\d*$/.test(pattern)) {
    return { what: 'has a comma inside {…}, and a comma separates patterns', write: 'write the repetition out' };
  }
  return javaPatternProblem(pattern, EXAMPLE);
}

/** At the last colon: a pattern may have some. */
function split(entry: string): { pattern: string; columns: string[] } {
  const [, pattern = '', bracketed, plain = ''] = /^(.*):(?:\[(.*)\]|([^:]*))$/s.exec(entry) ?? [];
  const columns = bracketed === undefined ? [plain] : bracketed.split('|');
  return { pattern: pattern.trim(), columns: columns.map((column) => column.trim()) };
}
