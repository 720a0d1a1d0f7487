// What to do about a column that may be NULL and should not be.
import { identifier, relation } from '../postgres/sql';
import type { TableFacts } from './facts';

export function notNullCure({ kind, table }: Pick<TableFacts, 'kind' | 'table'>, column: string): string {
  return kind === 'v' || kind === 'm'
    ? `A view's columns always may be: let ${relation(table)} show no row in which it is (WHERE ${identifier(column)} IS NOT NULL).`
    : `ALTER TABLE ${relation(table)} ALTER COLUMN ${identifier(column)} SET NOT NULL`;
}
