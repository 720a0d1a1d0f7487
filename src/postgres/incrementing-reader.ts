// mode=incrementing in SQL: the fence, and pages by id.
import type { SourceConfig } from '../config/source-model';
import type { IdPage, IncrementingReader } from '../source/modes/incrementing';
import type { Database, Origin, Selected } from './database';
import { type FencePlace, readFence } from './fence';
import { type IdColumn, type IdColumnWish, idColumn } from './id-column';
import { kept } from './kept';
import { describeHolders } from './locks';
import { ordered, sourceColumn, writtenTables } from './origin';
import { literal } from './sql';

export interface ReaderPlace {
  readonly database: Database;
  readonly origin: Origin;
  /** pg_class.relkind; undefined for a query. */
  readonly kind: string | undefined;
}

export type ReaderConfig = Pick<SourceConfig, 'batchMaxRows' | 'tablePollIntervalMs' | 'querySuffix'>;

/** Errors: those of `Database`, INCREMENTING_COLUMN_INVALID, SEQUENCE_UNSAFE. */
export function incrementingReader(place: ReaderPlace, wish: IdColumnWish, config: ReaderConfig): IncrementingReader {
  const { database, origin, kind } = place;
  const facts = kept(async (): Promise<FencePlace> => {
    const id = await idColumn(database, origin, wish);
    return { origin, id, written: await writtenTables(database, origin, kind) };
  }, config.tablePollIntervalMs);
  const withFacts = async <Answer>(query: (facts: FencePlace) => Promise<Answer>): Promise<Answer> => {
    try {
      return await query(await facts.get());
    } catch (error) {
      facts.forget();
      throw error;
    }
  };

  return {
    columns: () => withFacts(() => database.columns(origin)),
    fence: () => withFacts((found) => readFence(database, found)),
    describe: (holders) => describeHolders(database, holders),
    page: (after, through) =>
      withFacts(async ({ id }) => {
        const column = sourceColumn(id.name);
        const above = after === undefined ? '' : `${column} > ${idValue(after, id)} AND `;
        const where = `WHERE ${above}${column} <= ${idValue(through, id)}`;
        const selection = ordered(origin, { where, order: `${column} ASC` }, config);
        return idPage(await database.select({ ...selection, beside: [], rows: config.batchMaxRows }), id);
      }),
    rows: (ids) => withFacts(async ({ id }) => idPage(await rowsWithIds(database, origin, id, ids), id)),
  };
}

/** The rows that have these ids, ascending. */
export function rowsWithIds(
  database: Database,
  origin: Origin,
  id: Pick<IdColumn, 'name' | 'cast'>,
  ids: readonly bigint[],
  beside: readonly string[] = [],
): Promise<Selected> {
  const column = sourceColumn(id.name);
  const clauses = `WHERE ${column} = ANY('{${ids.join(',')}}'::${id.cast}[]) ORDER BY ${column} ASC`;
  return database.select({ origin, beside, clauses });
}

export function idIndexOf({ columns }: Pick<Selected, 'columns'>, name: string): number {
  return columns.findIndex((column) => column.name === name);
}

export function idValue(id: bigint, { cast }: Pick<IdColumn, 'cast'>): string {
  return `${literal(String(id))}::${cast}`;
}

function idPage({ columns, rows, more }: Selected, id: IdColumn): IdPage {
  return { columns, rows, more, idIndex: idIndexOf({ columns }, id.name) };
}
