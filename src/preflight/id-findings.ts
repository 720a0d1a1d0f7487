// The incrementing column: which one it is, and whether its ids come in the order in which they are drawn.
import { identifier, relation } from '../postgres/sql';
import { isDrawn } from '../source/id-default';
import type { AutoIncrement, SequenceFacts } from './facts';
import type { Finding } from './finding';
import { indexFinding } from './index-finding';
import { notNullCure } from './not-null-cure';
import type { TableCheck } from './table-check';

export function idFindings({ facts, config, choice, user }: TableCheck): Finding[] {
  const [first] = facts.autoIncrements;
  const column = choice.incrementingColumn ?? first?.column;
  const found = facts.columns.find(({ name }) => name === column);
  if (column === undefined || found === undefined) return [];
  const own = facts.autoIncrements.find((candidate) => candidate.column === column);
  const findings: Finding[] = [
    { severity: 'note', code: 'INCREMENTING_COLUMN', column, what: chosen(column, choice, facts.autoIncrements) },
  ];
  if (config.mode === 'incrementing') {
    const expression = facts.defaults.get(column);
    const isMade = expression !== undefined && !isDrawn(expression);
    const sequences = own?.sequences ?? [];
    findings.push(
      ...(isMade && sequences.length > 0 ? made(sequences, column) : sequenceFindings(sequences, column, user)),
    );
    findings.push(...indexFinding(facts, column, [column]));
  }
  if (!config.validateNonNull && found.nullable) {
    findings.push({
      severity: 'warning',
      code: 'ID_NULLABLE',
      column,
      what: `It may be NULL, and a row without an id ${config.mode === 'incrementing' ? 'is not read' : 'stops the table'}.`,
      write: notNullCure(facts, column),
    });
  }
  return findings;
}

function chosen(column: string, { incrementingColumn }: TableCheck['choice'], found: readonly AutoIncrement[]): string {
  const own = found.find((candidate) => candidate.column === column);
  const others = found.filter((candidate) => candidate !== own).map((other) => other.column);
  const drawn = own?.sequences.map(
    ({ name, cache, increment }) => `${relation(name)} (CACHE ${cache}, INCREMENT ${increment})`,
  );
  const from = drawn === undefined || drawn.length === 0 ? '' : `; its ids are drawn from ${drawn.join(', ')}`;
  if (incrementingColumn !== undefined) return `It is the incrementing column that the configuration names${from}.`;
  const which =
    others.length === 0
      ? 'only auto-increment column'
      : `first of several auto-increment columns (${[column, ...others].join(', ')})`;
  return `It is the incrementing column, because it is the ${which}${from}.`;
}

function sequenceFindings(sequences: readonly SequenceFacts[], column: string, user: string): Finding[] {
  const [only, ...others] = sequences;
  if (only === undefined) return [notDrawn(column, 'Its ids come from no sequence')];
  if (others.length > 0) return [several(sequences, column)];
  const forbidden: Finding = {
    severity: 'error',
    code: 'SEQUENCE_FORBIDDEN',
    column,
    what: `The user ${user} may not read its sequence, ${relation(only.name)}.`,
    write: `GRANT SELECT ON SEQUENCE ${relation(only.name)} TO ${identifier(user)}`,
  };
  return [...(only.canSelect ? [] : [forbidden]), ...order(only, column), ...shared(only, column)];
}

function notDrawn(column: string, from: string): Finding {
  return {
    severity: 'warning',
    code: 'SEQUENCE_MISSING',
    column,
    what: `${from}: a row whose id is below those that were committed before it may be passed over.`,
    write:
      'Let one sequence give the ids, drawn in the transaction that inserts the row (DEFAULT nextval, or an identity column); or set connectless.mode=xid8.',
  };
}

/** By an expression of the sequence's numbers: in their order, when it keeps it. */
function made(sequences: readonly SequenceFacts[], column: string): Finding[] {
  const names = sequences.map(({ name }) => relation(name)).join(', ');
  return [
    notDrawn(column, `Its default makes its ids of the numbers of ${names}`),
    ...sequences.filter(({ cache, increment }) => cache !== 1n || increment < 0n).map((one) => unsafe(one, column)),
  ];
}

function several(sequences: readonly SequenceFacts[], column: string): Finding {
  const names = sequences.map(({ name }) => relation(name));
  return {
    severity: 'error',
    code: 'SEQUENCE_MISSING',
    column,
    what: `Its ids come from several sequences (${names.join(', ')}), each at its own pace: a row with an id of one that is behind the others would be lost.`,
    write: `Let one give them all: ALTER COLUMN ${identifier(column)} SET DEFAULT nextval('${names[0]}') in the table and its partitions; or set connectless.mode=xid8, which does not depend on sequences.`,
  };
}

function unsafe({ name, cache, increment }: SequenceFacts, column: string): Finding {
  return {
    severity: 'error',
    code: 'SEQUENCE_UNSAFE',
    column,
    what: `Its sequence ${relation(name)} has CACHE ${cache} and INCREMENT ${increment}: ids then do not come in the order in which they are drawn, and rows would be lost.`,
    write: `ALTER SEQUENCE ${relation(name)} CACHE 1 INCREMENT 1, and let its writers connect anew; or set connectless.mode=xid8, which does not depend on the sequence.`,
  };
}

function order(sequence: SequenceFacts, column: string): Finding[] {
  const { name, cache, increment, isCycled } = sequence;
  const findings: Finding[] = [];
  if (cache !== 1n || increment !== 1n) findings.push(unsafe(sequence, column));
  if (isCycled) {
    findings.push({
      severity: 'warning',
      code: 'SEQUENCE_CYCLES',
      column,
      what: `Its sequence ${relation(name)} begins anew at its end, and rows with ids that were there before are not read.`,
      write: `ALTER SEQUENCE ${relation(name)} NO CYCLE`,
    });
  }
  return findings;
}

function shared({ name, sharedWith }: SequenceFacts, column: string): Finding[] {
  if (sharedWith.length === 0) return [];
  const others = sharedWith.map(relation).join(', ');
  return [
    {
      severity: 'note',
      code: 'SEQUENCE_SHARED',
      column,
      what: `Its sequence ${relation(name)} gives ids to ${others}, too: rows wait for the open transactions of those writers as well.`,
    },
  ];
}
