// Where a record's rows are from, and what it is called for that.
import type { TableName } from '../table';
import { qualified } from '../table';

/** A relation, or the property `query`. */
export type RecordSource = TableName | 'query';

/** As an error's message begins. */
export function sourceName(source: RecordSource): string {
  return source === 'query' ? 'The query' : `Table ${qualified(source)}`;
}
