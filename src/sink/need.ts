// What the planner lacks: whoever carries plans out gets it, and plans again.
import type { FormatConfig } from '../config/sink-model';
import type { Side } from '../convert/fault';
import { ConnectlessError } from '../errors';
import type { OpenStream, PartitionState } from './partition-state';
import type { Rules } from './rules';

export type Need =
  | { readonly kind: 'schema'; readonly side: Side; readonly id: number | string }
  | { readonly kind: 'format'; readonly config: FormatConfig };

/** For the files that the state has open. An error: the registry does not know a schema that it knew before. */
export function neededFor(state: PartitionState | undefined, rules: Rules): Need | ConnectlessError | undefined {
  for (const { streams } of state?.open ?? []) {
    for (const stream of streams) {
      if (rules.format(stream.format.config) === undefined) return { kind: 'format', config: stream.format.config };
      const needed = neededSchema(stream, rules);
      if (needed !== undefined) return needed;
    }
  }
  return undefined;
}

/** A schema whose text the state has needs nobody. */
function neededSchema({ role, schema }: OpenStream, rules: Rules): Need | ConnectlessError | undefined {
  if (schema?.id === undefined || schema.text !== undefined) return undefined;
  const side = role === 'keys' ? 'key' : 'value';
  const known = rules.schemas[side](schema.id);
  if (known === undefined) return { kind: 'schema', side, id: schema.id };
  return known instanceof ConnectlessError ? known : undefined;
}
