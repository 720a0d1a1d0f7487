// Which table a name in Connect's offsets means: `t`, `schema.t` or `database.schema.t`, quoted or not.
import { qualified, type TableName } from './table';

/** What the names are held against. */
export interface KnownTables {
  /** The connector's database. */
  readonly database: string | undefined;
  /** Those that it has; absent: it could not be asked. */
  readonly tables?: readonly TableName[];
}

export type Resolved =
  | { readonly table: string; readonly isKnown: boolean }
  /** Why none can be meant, with the cure. `stale`: the database has no such table any more. */
  | { readonly problem: string; readonly stale: boolean };

/**
 * Connect writes the parts without quotes, so that a name with a dot may be read in several ways: the one counts that the
 * database has. Where it has none of them, or cannot be asked, `schema.t` is taken as it stands.
 */
export function resolveTable(name: string, known: KnownTables): Resolved {
  const { complete, bare } = readings(name, known.database);
  if (known.tables === undefined) return unasked(name, known.database, complete);
  const [only, ...more] = meant(known.tables, complete, bare);
  if (only !== undefined && more.length === 0) return { table: only, isKnown: true };
  return only === undefined ? missing(name, known.tables, complete) : ambiguous(name, [only, ...more]);
}

/** A name that may be whole is taken so: only then may it be one without its schema. */
function meant(tables: readonly TableName[], complete: readonly string[], bare: readonly string[]): string[] {
  const whole = tables.map(qualified).filter((table) => complete.includes(table));
  if (whole.length > 0) return [...new Set(whole)];
  return tables.filter(({ name }) => bare.includes(name)).map(qualified);
}

function unasked(name: string, database: string | undefined, [table, ...more]: readonly string[]): Resolved {
  if (table !== undefined && (more.length > 0 || isClear(table, name))) return { table, isKnown: true };
  const what = table === undefined ? 'has no schema' : `does not begin with the connector's database, ${database}`;
  return { problem: `"${name}" ${what}, and the database could not be asked: ${WRITE}.`, stale: false };
}

/** `schema.t`, or what quotes or the database's name have made one. */
function isClear(table: string, name: string): boolean {
  return table !== name || name.split('.').length === 2;
}

function missing(name: string, tables: readonly TableName[], [table]: readonly string[]): Resolved {
  if (table === undefined) return { problem: `the database has no table "${name}": ${WRITE}.`, stale: true };
  const elsewhere = tables.map(qualified).find((other) => name.endsWith(`.${other}`));
  if (elsewhere === undefined) return { table, isKnown: false };
  return {
    problem: `"${name}" is of another database than the connector's: write "${elsewhere}" if that is the same table today.`,
    stale: false,
  };
}

function ambiguous(name: string, tables: readonly string[]): Resolved {
  return { problem: `"${name}" may be ${tables.join(' or ')}: ${WRITE}.`, stale: false };
}

const WRITE = 'write "schema"."table", with quotes, in place of it';

interface Readings {
  /** As `schema.table`, the likeliest first. */
  readonly complete: readonly string[];
  /** As a table of any schema. */
  readonly bare: readonly string[];
}

function readings(name: string, database: string | undefined): Readings {
  const quoted = parts(name);
  if (quoted !== undefined && quoted.length <= 3) {
    const [table = '', schema, catalog] = quoted.toReversed();
    if (schema === undefined) return { complete: [], bare: [table] };
    if (catalog === undefined || catalog === database) return { complete: [`${schema}.${table}`], bare: [] };
  }
  const behind = database !== undefined && name.startsWith(`${database}.`) ? name.slice(database.length + 1) : '';
  // A schema may have the database's name, and a table a dot in its own.
  const complete = [behind, name].filter((reading) => reading.includes('.'));
  return { complete, bare: [name] };
}

/** Of a name with quotes, `"public"."a.b"`: a quote within them is doubled. Undefined where it is written otherwise. */
function parts(name: string): string[] | undefined {
  const PART = /(?:"((?:[^"]|"")+)"|([^".]+))(\.|$)/y;
  const found: string[] = [];
  if (!name.includes('"')) return undefined;
  while (PART.lastIndex < name.length) {
    const match = PART.exec(name);
    if (match === null) return undefined;
    found.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return name.endsWith('.') ? undefined : found;
}
