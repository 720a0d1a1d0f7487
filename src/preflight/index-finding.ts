// The index that a mode's pages are read by.
import { relation } from '../postgres/sql';
import type { TableFacts } from './facts';
import type { Finding } from './finding';
import { quotedList } from './sql-text';

/** Below it a table is read in the time that an index takes to look up. */
const SMALL_BYTES = 8 * 1024 * 1024;

/** @param leading columns that an index begins with; the further ones make it better. @param best of the index that is proposed */
export function indexFinding(facts: TableFacts, leading: string, best: readonly string[]): Finding[] {
  const { table, kind, indexes, bytes } = facts;
  if (!['r', 'p', 'm'].includes(kind) || indexes.some(([first]) => first === leading)) return [];
  const concurrently = kind === 'p' ? '' : ' CONCURRENTLY';
  return [
    {
      severity: bytes < SMALL_BYTES ? 'note' : 'warning',
      code: 'INDEX_MISSING',
      column: leading,
      what: 'There is no index on it: each poll reads the whole table.',
      write: `CREATE INDEX${concurrently} ON ${relation(table)} (${quotedList(best)})`,
    },
  ];
}
