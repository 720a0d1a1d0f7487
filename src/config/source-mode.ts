// How a source finds new rows: rules of its mode and the columns that it goes by, and what they say.
import { type Values, without } from './check';
import { sourceRows } from './definitions/source-rows';
import { isFilled, isSet, placeOf, type Rule, textOf } from './rule';
import type { SourceConfig, SourceMode } from './source-model';
import { readMapping } from './table-pattern';

const MODE = 'mode';
const OWN_MODE = 'connectless.mode';
const INCREMENTING = 'incrementing.column.name';
const TIMESTAMP = 'timestamp.column.name';
const INCREMENTING_MAPPING = 'incrementing.column.mapping';
const TIMESTAMP_MAPPING = 'timestamp.columns.mapping';

const MODES: readonly SourceMode[] = ['bulk', 'incrementing', 'timestamp', 'timestamp+incrementing'];

/** Undefined of a file whose mode is faulty. */
export function modeOf(values: Values): SourceMode | undefined {
  const mode = textOf(values, MODE);
  return textOf(values, OWN_MODE) === 'xid8' ? 'xid8' : MODES.find((known) => known === mode);
}

export function goesById(mode: SourceMode): boolean {
  return mode !== 'bulk' && mode !== 'timestamp';
}

export function goesByTime(mode: SourceMode): boolean {
  return mode === 'timestamp' || mode === 'timestamp+incrementing';
}

const modeIsNamed: Rule = (file, values) => {
  const definition = sourceRows.find(({ name }) => name === MODE);
  if (!isSet(file, MODE)) return isSet(file, OWN_MODE) || definition === undefined ? [] : [without(file, definition)];
  const mode = textOf(values, MODE);
  if (modeOf(values) !== 'xid8' || mode === undefined || mode === 'incrementing') return [];
  const what = `takes the place of ${MODE}, and that is ${mode}`;
  return [{ ...placeOf(file, OWN_MODE), what, write: `delete one of the lines, or write ${MODE}=incrementing` }];
};

const timeHasAColumn: Rule = (file, values) => {
  const mode = modeOf(values);
  if (mode === undefined || !goesByTime(mode)) return [];
  if (isFilled(file, TIMESTAMP) || isFilled(file, TIMESTAMP_MAPPING)) return [];
  const what = `is missing, and ${MODE}=${mode} reads rows by it`;
  return [{ ...placeOf(file, TIMESTAMP), what, write: `add ${TIMESTAMP}=…, or ${TIMESTAMP_MAPPING}=…` }];
};

/** What says where to begin, or which column to take, would not be followed. Connect refuses the mappings, too. */
const nothingIsInVain: Rule = (file, values) => {
  const mode = modeOf(values);
  if (mode === undefined) return [];
  return IN_VAIN.filter(({ serves }) => !serves(mode)).flatMap(({ names, modes }) =>
    names
      .filter((name) => isFilled(file, name))
      .map((name) => ({
        ...placeOf(file, name),
        what: `has no effect with ${mode === 'xid8' ? OWN_MODE : MODE}=${mode}`,
        write: `delete the line, or write ${modes}`,
      })),
  );
};

const BY_ID = 'mode=incrementing or mode=timestamp+incrementing';

const IN_VAIN: readonly {
  readonly names: readonly string[];
  readonly serves: (mode: SourceMode) => boolean;
  readonly modes: string;
}[] = [
  {
    names: [INCREMENTING_MAPPING],
    serves: goesById,
    modes: BY_ID,
  },
  {
    names: ['incrementing.initial'],
    serves: (mode) => goesById(mode) && mode !== 'xid8',
    modes: BY_ID,
  },
  {
    names: [TIMESTAMP_MAPPING, 'timestamp.initial'],
    serves: goesByTime,
    modes: 'mode=timestamp or mode=timestamp+incrementing',
  },
  {
    names: ['connectless.fence.timeout.ms'],
    serves: (mode) => mode !== 'bulk' && mode !== 'xid8',
    modes: 'a mode that waits for open transactions: incrementing, timestamp, timestamp+incrementing',
  },
];

export const modeRules: readonly Rule[] = [modeIsNamed, timeHasAColumn, nothingIsInVain];

type ModeConfig = Pick<
  SourceConfig,
  | 'mode'
  | 'incrementingColumn'
  | 'incrementingColumns'
  | 'incrementingInitial'
  | 'timestampColumn'
  | 'timestampColumns'
  | 'timestampInitial'
  | 'timestampDelayMs'
  | 'validateNonNull'
  | 'quoteIdentifiers'
  | 'fenceTimeoutMs'
>;

/** Of a file without faults. */
export function buildMode(values: Values): ModeConfig {
  const mode = modeOf(values);
  if (mode === undefined) throw new TypeError(`${MODE} is not set`);
  const column = values.text(INCREMENTING);
  const fenceTimeout = values.find('connectless.fence.timeout.ms');
  return {
    mode,
    ...(column === '' ? {} : { incrementingColumn: column }),
    incrementingColumns: values.list(INCREMENTING_MAPPING).map(readMapping),
    timestampColumn: values.list(TIMESTAMP),
    timestampColumns: values.list(TIMESTAMP_MAPPING).map(readMapping),
    ...buildInitial(values),
    timestampDelayMs: values.number('timestamp.delay.interval.ms'),
    validateNonNull: values.flag('validate.non.null'),
    quoteIdentifiers: values.text('quote.sql.identifiers').toLowerCase() === 'always',
    ...(typeof fenceTimeout === 'number' ? { fenceTimeoutMs: fenceTimeout } : {}),
  };
}

function buildInitial(values: Values): Pick<SourceConfig, 'incrementingInitial' | 'timestampInitial'> {
  const id = textOf(values, 'incrementing.initial');
  const time = values.find('timestamp.initial');
  return {
    ...(id === undefined ? {} : { incrementingInitial: BigInt(id.replace('+', '')) }),
    ...(typeof time === 'number' ? { timestampInitial: time === -1 ? 'now' : time } : {}),
  };
}
