// What the configured types cut off, and the property that keeps it.
import type { TypesConfig } from '../config/source-model';
import type { Column } from '../source/record/column';
import { cutOffs } from '../source/record/cut-offs';
import type { Finding } from './finding';
import { quotedList } from './sql-text';

/** One finding for all columns that lose the same. */
export function cutOffFindings(columns: readonly Column[], types: TypesConfig): Finding[] {
  const groups = new Map<string, { readonly columns: string[]; readonly what: string; readonly keep: string }>();
  for (const { column, what, keep } of cutOffs(columns, types)) {
    const key = JSON.stringify([what, keep]);
    const group = groups.get(key) ?? { columns: [], what, keep };
    group.columns.push(column);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ columns: cut, what, keep }) => ({
    severity: 'warning',
    code: 'CUT_OFF',
    what: `Connect's types keep less of ${quotedList(cut)} than Postgres: not ${what}.`,
    write: `To keep it: ${keep}`,
  }));
}
