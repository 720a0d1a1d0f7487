// The mode that a source reads a table or its query in, on a database.
import type { SourceConfig } from '../config/source-model';
import type { FenceWork } from '../source/fence-wait';
import type { Mode } from '../source/mode';
import { bulkMode } from '../source/modes/bulk';
import { incrementingMode } from '../source/modes/incrementing';
import { timestampMode } from '../source/modes/timestamp';
import { xid8Mode } from '../source/modes/xid8';
import type { TableChoice } from '../source/table-choice';
import type { IdColumnWish } from './id-column';
import { incrementingReader, type ReaderPlace } from './incrementing-reader';
import { timestampReader } from './timestamp-reader';
import { xidReader } from './xid-reader';

export type Columns = Pick<TableChoice, 'incrementingColumn' | 'timestampColumns'>;

/** Connects with the mode's first call. Throws what the mode's reader does. */
export function openMode(place: ReaderPlace, config: SourceConfig, columns: Columns, work: FenceWork): Mode {
  const { database, origin } = place;
  const id: IdColumnWish = { named: columns.incrementingColumn, mustBeNotNull: config.validateNonNull };
  switch (config.mode) {
    case 'bulk': {
      const selection = { origin, beside: [], clauses: config.querySuffix ?? '' };
      const reader = {
        columns: () => database.columns(origin),
        copy: () => database.copy(selection, config.batchMaxRows),
      };
      return bulkMode(reader, { ...work, pollIntervalMs: config.pollIntervalMs });
    }
    case 'xid8': {
      if (!('table' in origin)) throw new TypeError('connectless.mode=xid8 reads tables alone');
      return xid8Mode(xidReader(database, origin.table, id, config), work);
    }
    case 'incrementing':
      return incrementingMode(incrementingReader(place, id, config), work, config.incrementingInitial);
    case 'timestamp':
    case 'timestamp+incrementing': {
      const wish = {
        timestampColumns: columns.timestampColumns,
        ...(config.mode === 'timestamp' ? {} : { id }),
        mustBeNotNull: config.validateNonNull,
        timeZone: config.types.timeZone,
      };
      const reader = timestampReader(place, wish, config);
      const { timestampDelayMs: delayMs, timestampInitial, incrementingInitial } = config;
      return timestampMode(reader, {
        ...work,
        delayMs,
        ...(timestampInitial === undefined ? {} : { timestampInitial }),
        ...(incrementingInitial === undefined ? {} : { incrementingInitial }),
      });
    }
  }
}
