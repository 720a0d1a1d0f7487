// Makes a sink's rules of its configuration, and gets what they lack.
import type { FormatConfig, SinkConfig } from '../config/model';
import type { DataSchema, KnownSchemas } from '../convert/data';
import { dataSchema } from '../convert/data-schema';
import { ConnectlessError, messageOf } from '../errors';
import type { SchemaRegistry } from '../registry/registry';
import type { FileFormat } from './format/format';
import { interimFormat, interimPartitioner } from './interim';
import type { Need } from './need';
import type { Role, StoredSchema } from './partition-state';
import type { Rules, Side } from './rules';

interface OpenRules {
  readonly rules: () => Promise<Rules>;
  readonly get: (need: Need) => Promise<void>;
}

export function openRules(config: SinkConfig, registry: SchemaRegistry): OpenRules {
  const schemas = new Map<number | string, DataSchema | ConnectlessError>();
  const known: KnownSchemas = (id) => schemas.get(id);
  const texts = new Map<string, DataSchema>();
  const stored = (_role: Role, { id, version, text }: StoredSchema): DataSchema => {
    const found = id === undefined ? undefined : schemas.get(id);
    if (found !== undefined && !(found instanceof ConnectlessError)) return found;
    const made =
      texts.get(text ?? '') ??
      dataSchema(text ?? '', { ...(id === undefined ? {} : { id }), ...(version === undefined ? {} : { version }) });
    texts.set(text ?? '', made);
    return made;
  };
  const rules: Rules = {
    config,
    value: undefined,
    key: () => new ConnectlessError('X', 'interim'),
    headers: () => new ConnectlessError('X', 'interim'),
    schemas: { value: known, key: known },
    partitioner: interimPartitioner,
    roles: [{ role: 'value', format: interimFormat, config: config.formats.value }],
    format: (_: FormatConfig): FileFormat => interimFormat,
    storedSchema: stored,
  };
  return {
    rules: async () => rules,
    get: async (need) => {
      if (need.kind !== 'schema') return;
      const id = Number(need.id);
      try {
        schemas.set(id, dataSchema(await registry.schemaById(id), { id }));
      } catch (error) {
        schemas.set(
          id,
          error instanceof ConnectlessError
            ? error
            : new ConnectlessError('SCHEMA_UNUSABLE', `Schema ${id}: ${messageOf(error)}`, { cause: error }),
        );
        setImmediate(() => schemas.delete(id));
      }
    },
  };
}
export type { Side };
