// The statements of the fence: how far ids have been drawn, and which transactions may still commit some of them.
import { ConnectlessError } from '../errors';
import type { FenceReading } from '../source/fence-rule';
import { display, idValueOf, type TableName } from '../source/table';
import type { Database, Origin } from './database';
import type { IdColumn } from './id-column';
import { idHolder } from './id-page';
import { holdersOf, holdersQuery } from './locks';
import { fromOrigin, originName, sourceColumn } from './origin';
import { oid, relation } from './sql';
import type { DrawnSequence, Writers } from './writers';

export interface FencePlace {
  readonly origin: Origin;
  readonly id: IdColumn;
  /** The one whose numbers the ids are, as they are drawn. */
  readonly sequence: TableName | undefined;
  /** Queries of oids: whose holders are waited for. */
  readonly relations: readonly string[];
}

/** Throws SEQUENCE_UNSAFE and SEQUENCE_MISSING. */
export function fencePlace(origin: Origin, id: IdColumn, { tables, sequences }: Writers): FencePlace {
  const [sequence, ...others] = id.sequences;
  if (others.length > 0) throw severalSequences(origin, id);
  if (sequence !== undefined) return { origin, id, sequence, relations: [tables, `SELECT ${oid(sequence)}`] };
  checkOrder(id, sequences);
  const drawn = `SELECT unnest('{${sequences.map((one) => one.oid).join(',')}}'::oid[])`;
  return { origin, id, sequence, relations: [tables, drawn] };
}

/**
 * The server runs the statements in order, so the holders are noted after `top` is read: `nextval` locks the sequence until
 * its transaction ends, hence whoever drew an id up to `top` is among them or has ended. Ids that are not one sequence's
 * numbers have no order in which they are drawn but that in which they are committed: then `top` is the largest one that is.
 * Throws SEQUENCE_UNSAFE and ID_INVALID.
 */
export async function readFence(database: Database, place: FencePlace): Promise<FenceReading> {
  const { origin, id, sequence, relations } = place;
  const largest = largestIdQuery(origin, id);
  const top = sequence === undefined ? largest : lastValueQuery(sequence, largest);
  const [[row = []] = [], holders = []] = await database.query([top, holdersQuery(relations)], { together: true });
  const [last, called, cache, increment, highest] = row;
  if (sequence !== undefined && (cache !== '1' || increment !== '1')) throw unsafe(sequence, cache, increment);
  const idIn = (value: string) => idValueOf(value, idHolder(origin, id));
  return {
    top: last ? idIn(last) - (called === 'f' ? 1n : 0n) : undefined,
    ...(highest ? { highest: idIn(highest) } : {}),
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

/** Of views and queries only the name tells which column the ids are of: one sequence that is in order may be theirs. */
function checkOrder(id: IdColumn, sequences: readonly DrawnSequence[]): void {
  const own = sequences.filter(({ column }) => column === id.name);
  const [first] = own;
  const isUnsafe = ({ cache, increment }: DrawnSequence) => cache !== '1' || increment.startsWith('-');
  if (first !== undefined && own.every(isUnsafe)) throw unsafe(first.name, first.cache, first.increment);
}

function unsafe(sequence: TableName, cache?: string | null, increment?: string | null): ConnectlessError {
  return new ConnectlessError(
    'SEQUENCE_UNSAFE',
    `Sequence ${display(sequence)} has CACHE ${cache} and INCREMENT ${increment}: ids then do not come in the order in which they are drawn, and rows would be lost. ` +
      `ALTER SEQUENCE ${display(sequence)} CACHE 1 INCREMENT 1, and let its writers connect anew; ` +
      'or set connectless.mode=xid8, which does not depend on the sequence (connectless preflight prints what it needs).',
  );
}

function severalSequences(origin: Origin, id: IdColumn): ConnectlessError {
  return new ConnectlessError(
    'SEQUENCE_MISSING',
    `${originName(origin)} draws the ids in "${id.name}" from several sequences (${id.sequences.map(display).join(', ')}): rows of one that is behind the others would be lost. ` +
      'Let one give them all (ALTER TABLE … ALTER COLUMN … SET DEFAULT nextval in each partition), or set connectless.mode=xid8.',
  );
}
