// What the catalog says: which tables there are, and what their keys are.
import type { CatalogTable } from '../source/select-tables';
import type { TableName } from '../source/table';
import { fromPrimaryKey } from './catalog-terms';
import type { Database } from './database';
import { oid } from './sql';

/** All relations with rows outside the system schemas, by schema and name. */
export async function relations(database: Database): Promise<CatalogTable[]> {
  const [rows = []] = await database.query([
    `SELECT n.nspname, c.relname, c.relkind::text, current_database()
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(catalog$|toast|temp_)'
    ORDER BY n.nspname, c.relname`,
  ]);
  return rows.map(([schema, name, kind, catalog]) => ({
    schema: schema ?? '',
    name: name ?? '',
    kind: kind ?? '',
    catalog: catalog ?? '',
  }));
}

/** Columns of the primary key, in its order; empty: there is none. */
export async function primaryKey(database: Database, table: TableName): Promise<string[]> {
  const [rows = []] = await database.query([`SELECT a.attname ${fromPrimaryKey(oid(table))} ORDER BY k.place`]);
  return rows.map(([name]) => name ?? '');
}
