// What the planner lacks: whoever carries plans out gets it, and plans again.
import type { FormatConfig } from '../config/model';
import type { ConnectlessError } from '../errors';
import type { PartitionState } from './partition-state';
import type { Rules, Side } from './rules';

export type Need =
  | { readonly kind: 'schema'; readonly side: Side; readonly id: number | string }
  | { readonly kind: 'format'; readonly config: FormatConfig };

/** For the files that the state has open. An error: the registry does not know a schema that it knew before. */
export function neededFor(state: PartitionState | undefined, rules: Rules): Need | ConnectlessError | undefined {
  for (const { streams } of state?.open ?? []) {
    for (const { role, format, schema } of streams) {
      if (rules.format(format.config) === undefined) return { kind: 'format', config: format.config };
      // With its text it needs nobody.
      if (schema === undefined || schema.text !== undefined || schema.id === undefined) continue;
      const side = role === 'keys' ? 'key' : 'value';
      const known = rules.schemas[side](schema.id);
      if (known === undefined) return { kind: 'schema', side, id: schema.id };
      if ('code' in known) return known;
    }
  }
  return undefined;
}
