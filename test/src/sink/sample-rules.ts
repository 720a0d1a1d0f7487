// The rules of a configuration, over schemas that a test knows.
import type { SinkConfig } from '../../../src/config/model';
import type { KnownSchemas } from '../../../src/convert/data';
import { dataSchema } from '../../../src/convert/data-schema';
import { interimFormat, interimPartitioner } from '../../../src/sink/interim';
import type { Rules } from '../../../src/sink/rules';

export function sampleRules(config: SinkConfig, known: KnownSchemas): Rules {
  return {
    config,
    value: undefined,
    key: () => ({ needs: 1 }),
    headers: () => {
      throw new Error('none');
    },
    schemas: { value: known, key: known },
    partitioner: interimPartitioner,
    roles: [{ role: 'value', format: interimFormat, config: config.formats.value }],
    format: () => interimFormat,
    storedSchema: (_, { id, text }) => {
      const k = known(id ?? 0);
      return k !== undefined && 'text' in k ? k : dataSchema(text ?? '', { ...(id === undefined ? {} : { id }) });
    },
  };
}
