// Plans of records over schemas 1 and 2, and what their files are called.
import type { SinkConfig } from '../../../src/config/sink-model';
import type { KnownSchemas } from '../../../src/convert/data';
import { ConnectlessError } from '../../../src/errors';
import type { PartitionState } from '../../../src/sink/partition-state';
import { type PlannedState, planRecords } from '../../../src/sink/plan';
import type { SinkRecord } from '../../../src/sink/record';
import { base64, record, sampleConfig, sampleSource, sampleStateKey } from './sample';
import { JSON_LINES, sampleRules, sampleSchema } from './sample-rules';

interface Given {
  readonly config?: Partial<SinkConfig>;
  readonly state?: PartitionState | undefined;
  readonly now?: number;
  readonly closeAll?: boolean;
  /** @default schemas 1 and 2, each its version */
  readonly known?: KnownSchemas;
}

const schemas = new Map([1, 2].map((id) => [id, sampleSchema(id)]));
const sampleKnown: KnownSchemas = (id) =>
  schemas.get(Number(id)) ?? new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);

export function planned(
  records: readonly SinkRecord[],
  { config = {}, state, now = 0, closeAll = false, known = sampleKnown }: Given = {},
): PlannedState {
  const rules = sampleRules({ ...sampleConfig, ...config }, known);
  const input = { source: sampleSource, stateKey: sampleStateKey, state, records, now, rules, closeAll };
  const outcome = planRecords(input);
  if ('needs' in outcome) throw new Error(`needs ${JSON.stringify(outcome.needs)}`);
  return outcome;
}

/** Keys that are text, stored as JSON lines, and headers. */
export const stringKeys = {
  formats: { value: sampleConfig.formats.value, keys: JSON_LINES, headers: JSON_LINES },
  converters: { ...sampleConfig.converters, key: { kind: 'string', encoding: 'UTF8' } },
} as const;

/** A record with a key and a header. */
export const whole = (offset: number) => record(offset, { key: base64(`k${offset}`), headers: [{ h: [118] }] });

/** File names with their records. */
export function filesOf({ state }: PlannedState) {
  return {
    open: state?.open.flatMap(({ streams, records }) => streams.map(({ key }) => `${nameOf(key)} ×${records}`)),
    closing: state?.closing.map(({ key, records }) => `${nameOf(key)} ×${records}`),
  };
}

function nameOf(key: string): string {
  return key.replace('topics/prices/', '').replaceAll(/prices\+0\+0+(?=\d)/g, '');
}
