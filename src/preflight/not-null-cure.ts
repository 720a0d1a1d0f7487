// What to do about a column that may be NULL and should not be.
import type { TableFacts } from './facts';
import { quoted, quotedTable } from './sql-text';

export function notNullCure({ kind, table }: Pick<TableFacts, 'kind' | 'table'>, column: string): string {
  return kind === 'v' || kind === 'm'
    ? `A view's columns always may be: let ${quotedTable(table)} show no row in which it is (WHERE ${quoted(column)} IS NOT NULL).`
    : `ALTER TABLE ${quotedTable(table)} ALTER COLUMN ${quoted(column)} SET NOT NULL`;
}
