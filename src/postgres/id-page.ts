// A page of rows that have ids.

import type { Column } from '../source/record/column';
import { idOf, type Row } from '../source/table';
import type { Origin, Selected } from './database';
import type { IdColumn } from './id-column';
import { originName } from './origin';

export interface PageOfIds {
  readonly columns: readonly Column[];
  readonly idIndex: number;
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** Throws ID_MISSING and ID_INVALID, which name table and column. */
export function idPage({ columns, rows, more }: Selected, origin: Origin, id: Pick<IdColumn, 'name'>): PageOfIds {
  const idIndex = columns.findIndex((column) => column.name === id.name);
  const holder = idHolder(origin, id);
  for (const row of rows) idOf(row, idIndex, holder);
  return { columns, rows, more, idIndex };
}

export function idHolder(origin: Origin, { name }: Pick<IdColumn, 'name'>): string {
  return `${originName(origin)} has in "${name}"`;
}
