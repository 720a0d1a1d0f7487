// The database's tables behind the source's interface.
import type { Tables } from '../source/run';
import { relations } from './catalog';
import type { Postgres } from './client';
import { type ReaderConfig, tableReader } from './table-reader';

export function postgresTables(database: Postgres, config: ReaderConfig): Tables {
  return {
    list: () => relations(database),
    reader: (table) => tableReader(database, table, config),
  };
}
