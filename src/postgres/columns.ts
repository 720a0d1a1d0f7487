// The columns of a relation, as the source's types are chosen by.
import type { Column } from '../source/record/column';
import type { TableName } from '../source/table';
import type { Rows } from './database';
import { oid } from './sql';

/** The columns in the order of `SELECT *`; a domain is what lies beneath it, as pgjdbc reports it. */
export function columnsQuery(table: TableName): string {
  return `
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), base.typname, base.typtype, base.typmod,
      a.attnotnull OR base.notnull
    FROM pg_attribute a CROSS JOIN LATERAL (
      WITH RECURSIVE layer AS (
        SELECT t.typname, t.typtype, a.atttypmod AS typmod, t.typbasetype, t.typtypmod, t.typnotnull AS notnull
        FROM pg_type t WHERE t.oid = a.atttypid
        UNION ALL
        SELECT t.typname, t.typtype, layer.typtypmod, t.typbasetype, t.typtypmod, layer.notnull OR t.typnotnull
        FROM layer JOIN pg_type t ON t.oid = layer.typbasetype WHERE layer.typtype = 'd'
      ) SELECT * FROM layer WHERE typtype <> 'd') base
    WHERE a.attrelid = ${oid(table)} AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;
}

export function columnsOf(rows: Rows): Column[] {
  return rows.map(([name, declared, type, kind, typmod, notNull]) => ({
    name: name ?? '',
    declared: declared ?? '',
    type: type ?? '',
    isEnum: kind === 'e',
    typmod: Number(typmod),
    nullable: notNull !== 't',
  }));
}
