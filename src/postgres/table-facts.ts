// What the catalog says of tables, in one statement whose answers are JSON.
import type { SequenceFacts, TableFacts } from '../preflight/facts';
import type { TableName } from '../source/table';
import { fromPrimaryKey, heirsOf, IS_AUTO_INCREMENT } from './catalog-terms';
import { columnsOf, columnsQuery } from './columns';
import type { Database, Rows } from './database';
import { SEQUENCES } from './sequence-facts';
import { literal, oid } from './sql';

/** One round trip; a table that is not there is left out. Throws what the database throws. */
export async function readTableFacts(
  database: Pick<Database, 'query'>,
  tables: readonly TableName[],
): Promise<TableFacts[]> {
  if (tables.length === 0) return [];
  const names = tables.map(({ schema, name }) => `(${literal(schema)}, ${literal(name)})`);
  const [rows = []] = await database.query([tableFactsQuery(`(n.nspname, c.relname) IN (${names.join(', ')})`)]);
  return rows.map(([json]) => tableFacts(json ?? ''));
}

/** A row of JSON for each table, by name. @param condition which, of pg_class `c` and pg_namespace `n` */
export function tableFactsQuery(condition: string): string {
  return `
    SELECT json_build_object(
      'oid', c.oid::text, 'schema', n.nspname, 'name', c.relname, 'kind', c.relkind::text,
      'columns', (${COLUMNS}), 'autoIncrements', (${AUTO_INCREMENTS}), 'sequences', (${SEQUENCES}),
      'defaults', (${DEFAULTS}), 'indexes', (${INDEXES}), 'primaryKey', (${PRIMARY_KEY}),
      'partitions', (${PARTITIONS}), 'parent', (${PARENT}), 'bytes', (${BYTES}),
      'canUseSchema', has_schema_privilege(n.oid, 'USAGE'), 'forbidden', (${FORBIDDEN}),
      'hidesRows', row_security_active(c.oid), 'isSubscribed', (${IS_SUBSCRIBED}),
      'year', extract(year FROM now())::int, 'timeZones', (${TIME_ZONES}))::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${condition} ORDER BY n.nspname, c.relname`;
}

interface Raw extends Omit<TableFacts, 'table' | 'columns' | 'autoIncrements' | 'defaults' | 'parent'> {
  readonly schema: string;
  readonly name: string;
  readonly columns: Rows;
  readonly autoIncrements: readonly string[];
  readonly defaults: object;
  readonly sequences: readonly RawSequence[];
  readonly parent: TableName | null;
}

interface RawSequence extends Omit<SequenceFacts, 'cache' | 'increment'> {
  readonly column: string;
  readonly cache: string;
  readonly increment: string;
}

export function tableFacts(json: string): TableFacts {
  const { schema, name, columns, autoIncrements, sequences, defaults, parent, ...rest }: Raw = JSON.parse(json);
  return {
    ...rest,
    table: { schema, name },
    ...(parent === null ? {} : { parent }),
    columns: columnsOf(columns),
    defaults: new Map(Object.entries(defaults)),
    autoIncrements: autoIncrements.map((column) => ({
      column,
      sequences: sequences.filter((sequence) => sequence.column === column).map(sequenceFacts),
    })),
  };
}

function sequenceFacts({ column: _, cache, increment, ...rest }: RawSequence): SequenceFacts {
  return { ...rest, cache: BigInt(cache), increment: BigInt(increment) };
}

const NONE = "'[]'::json";
const ANY_TABLE = { schema: '', name: '' };

/** As columnsOf takes them. */
const COLUMNS = `
  SELECT coalesce(json_agg(json_build_array(f.name, f.declared, f.layers::text,
    CASE WHEN f.not_null THEN 't' ELSE 'f' END, f.dimensions::text)), ${NONE})
  FROM (${columnsQuery(ANY_TABLE).replaceAll(oid(ANY_TABLE), 'c.oid')}) f (name, declared, layers, not_null, dimensions)`;

const AUTO_INCREMENTS = `
  SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), ${NONE})
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND ${IS_AUTO_INCREMENT}`;

const DEFAULTS = `
  SELECT coalesce(json_object_agg(a.attname, pg_get_expr(d.adbin, d.adrelid)), '{}'::json)
  FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND NOT a.attisdropped`;

const INDEXES = `
  SELECT coalesce(json_agg((
    SELECT json_agg(coalesce(a.attname, pg_get_indexdef(i.indexrelid, k, false)) ORDER BY k)
    FROM generate_series(1, i.indnkeyatts) k
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND a.attnum > 0)), ${NONE})
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
  WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'`;

const PRIMARY_KEY = `
  SELECT coalesce(json_agg(a.attname ORDER BY k.place), ${NONE}) ${fromPrimaryKey('c.oid')}`;

const HEIRS = heirsOf('SELECT c.oid');

const PARTITIONS = `${HEIRS}
  SELECT coalesce(json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY pn.nspname, p.relname), ${NONE})
  FROM heir JOIN pg_class p ON p.oid = heir.oid JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE c.relkind = 'p' AND p.relkind <> 'p'`;

const PARENT = `
  SELECT json_build_object('schema', pn.nspname, 'name', p.relname)
  FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE i.inhrelid = c.oid AND c.relispartition`;

const BYTES = `${HEIRS}
  SELECT coalesce(sum(pg_relation_size(p.oid)), 0)
  FROM heir JOIN pg_class p ON p.oid = heir.oid WHERE p.relkind IN ('r', 'm')`;

const FORBIDDEN = `
  SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), ${NONE}) FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')`;

const IS_SUBSCRIBED = `${HEIRS}
  SELECT EXISTS (SELECT FROM pg_subscription_rel r WHERE r.srrelid IN (SELECT oid FROM heir))`;

/** What our own session began with counts only where nothing was set for its role. */
const TIME_ZONES = `
  SELECT coalesce(json_agg(DISTINCT z.zone), ${NONE}) FROM (
    SELECT reset_val AS zone FROM pg_settings WHERE name = 'TimeZone'
    UNION ALL
    SELECT substr(s.setting, 10) FROM pg_db_role_setting r CROSS JOIN LATERAL unnest(r.setconfig) AS s (setting)
    WHERE s.setting ILIKE 'TimeZone=%' AND r.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  ) z`;
