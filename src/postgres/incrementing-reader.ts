// mode=incrementing in SQL: the fence, and pages by id.
import type { SourceConfig } from '../config/source-model';
import type { IncrementingReader } from '../source/modes/incrementing';
import type { Database, Origin, Selected } from './database';
import { type FencePlace, fencePlace, readFence } from './fence';
import { type IdColumn, type IdColumnWish, idColumn } from './id-column';
import { idPage } from './id-page';
import { kept } from './kept';
import { describeHolders } from './locks';
import { orderedPage, sourceColumn } from './origin';
import { literal } from './sql';
import { writersOf } from './writers';

export interface ReaderPlace {
  readonly database: Database;
  readonly origin: Origin;
  /** pg_class.relkind; undefined for a query. */
  readonly kind: string | undefined;
}

export type ReaderConfig = Pick<SourceConfig, 'batchMaxRows' | 'tablePollIntervalMs' | 'querySuffix'>;

/** Errors: those of `Database`, INCREMENTING_COLUMN_INVALID, WRITERS_HIDDEN, SEQUENCE_UNSAFE, SEQUENCE_MISSING, ID_INVALID. */
export function incrementingReader(place: ReaderPlace, wish: IdColumnWish, config: ReaderConfig): IncrementingReader {
  const { database, origin, kind } = place;
  const facts = kept(async (): Promise<FencePlace> => {
    const id = await idColumn(database, origin, wish);
    return fencePlace(origin, id, await writersOf(database, origin, kind));
  }, config.tablePollIntervalMs);

  return {
    columns: () => facts.use(() => database.columns(origin)),
    fence: () => facts.use((found) => readFence(database, found)),
    describe: (holders) => describeHolders(database, holders),
    page: (after, through) =>
      facts.use(async ({ id }) => {
        const column = sourceColumn(id.name);
        const above = after === undefined ? '' : `${column} > ${idValue(after, id)} AND `;
        const where = `WHERE ${above}${column} <= ${idValue(through, id)}`;
        const by = { where, order: `${column} ASC`, beside: [] };
        return idPage(await orderedPage(database, origin, by, config), origin, id);
      }),
    rows: (ids) => facts.use(async ({ id }) => idPage(await rowsWithIds(database, origin, id, ids), origin, id)),
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

export function idValue(id: bigint, { cast }: Pick<IdColumn, 'cast'>): string {
  return `${literal(String(id))}::${cast}`;
}
