// The statements of the fence: how far ids have been drawn, and which transactions may still commit some of them.
import { ConnectlessError } from '../errors';
import type { FenceReading } from '../source/fence-rule';
import { display } from '../source/record/table-schema';
import type { TableName } from '../source/table';
import type { Database, Origin } from './database';
import type { IdColumn } from './id-column';
import { holdersOf, holdersQuery } from './locks';
import { fromOrigin, sourceColumn } from './origin';
import { oid, relation } from './sql';

export interface FencePlace {
  readonly origin: Origin;
  readonly id: IdColumn;
  /** A query of oids. */
  readonly written: string;
}

/**
 * The server runs the statements in order, so the holders are noted after `top` is read: `nextval` locks the sequence until
 * its transaction ends, hence whoever drew an id up to `top` is among them or has ended. Ids of several sequences, or of
 * none, have no order in which they are drawn but that in which they are committed: then `top` is the largest one that is.
 * Throws SEQUENCE_UNSAFE.
 */
export async function readFence(database: Database, { origin, id, written }: FencePlace): Promise<FenceReading> {
  const [only, ...others] = id.sequences;
  const sequence = others.length === 0 ? only : undefined;
  const largest = largestIdQuery(origin, id);
  const top = sequence === undefined ? largest : lastValueQuery(sequence, largest);
  const relations = [written, ...id.sequences.map((one) => `SELECT ${oid(one)}`)];
  const [[row = []] = [], holders = []] = await database.query([top, holdersQuery(relations)], { together: true });
  const [last, called, cache, increment, highest] = row;
  if (sequence !== undefined) checkSequence(sequence, cache, increment);
  return {
    top: last ? BigInt(last) - (called === 'f' ? 1n : 0n) : undefined,
    ...(highest ? { highest: BigInt(highest) } : {}),
    from: sequence === undefined ? 'table' : 'sequence',
    holders: holdersOf(holders),
  };
}

/** The statement's snapshot, and with it the largest id, is older than the last value, which is what it is when it is read. */
function lastValueQuery(sequence: TableName, largest: string): string {
  return `
    SELECT s.last_value::text, s.is_called, q.seqcache, q.seqincrement, (${largest})
    FROM ${relation(sequence)} s, pg_sequence q WHERE q.seqrelid = ${oid(sequence)}`;
}

function largestIdQuery(origin: Origin, id: IdColumn): string {
  return `SELECT max(${sourceColumn(id.name)})::text ${fromOrigin(origin)}`;
}

function checkSequence(sequence: TableName, cache?: string | null, increment?: string | null): void {
  if (cache === '1' && increment === '1') return;
  throw new ConnectlessError(
    'SEQUENCE_UNSAFE',
    `Sequence ${display(sequence)} has CACHE ${cache} and INCREMENT ${increment}: ids then do not come in the order in which they are drawn, and rows would be lost. ` +
      `ALTER SEQUENCE ${display(sequence)} CACHE 1 INCREMENT 1, and let its writers connect anew; ` +
      'or set connectless.mode=xid8, which does not depend on the sequence (connectless preflight prints what it needs).',
  );
}
