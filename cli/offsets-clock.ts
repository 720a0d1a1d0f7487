// Whose timestamps stand in a source's cursors: Connect's instants, or what a column without time zone shows.
import type { SourceConfig } from '../src/config/source-model';
import { relations } from '../src/postgres/catalog';
import { openDatabase } from '../src/postgres/open';
import { toColumnClock, toInstant } from '../src/source/offset-clock';
import type { Position } from '../src/source/position';
import { selectTables } from '../src/source/select-tables';
import { qualified } from '../src/source/table';
import { queryChoice, tableChoice } from '../src/source/table-choice';

/** Both ways, of a table's position; the identity where instants stand in the cursor. */
export interface OffsetClock {
  toCursor(table: string, position: Position): Position;
  toConnect(table: string, position: Position): Position;
}

const INSTANTS: OffsetClock = { toCursor: (_, position) => position, toConnect: (_, position) => position };

/** Asks the database which columns have a time zone, where that makes a difference. Throws the errors of `Database`. */
export async function offsetClock(config: SourceConfig): Promise<OffsetClock> {
  const { timeZone } = config.types;
  const goesByTime = config.mode === 'timestamp' || config.mode === 'timestamp+incrementing';
  if (!goesByTime || timeZone === 'UTC') return INSTANTS;
  const local = await tablesOnLocalClocks(config);
  return {
    toCursor: (table, position) => (local.has(table) ? toColumnClock(position, timeZone) : position),
    toConnect: (table, position) => (local.has(table) ? toInstant(position, timeZone) : position),
  };
}

async function tablesOnLocalClocks(config: SourceConfig): Promise<ReadonlySet<string>> {
  const database = await openDatabase(config);
  try {
    const { query } = config;
    const asked =
      query === undefined
        ? selectTables(await relations(database), config).tables.map((table) => ({
            name: qualified(table),
            origin: { table },
            choice: tableChoice(config, table),
          }))
        : [{ name: 'query', origin: { query }, choice: queryChoice(config) }];
    const local = new Set<string>();
    for (const { name, origin, choice } of asked) {
      const found = (await database.columns(origin)).filter((column) => choice.timestampColumns.includes(column.name));
      if (found.length > 0 && found.every(({ type }) => type !== 'timestamptz')) local.add(name);
    }
    return local;
  } finally {
    await database.close();
  }
}
