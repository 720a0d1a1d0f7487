// Makes a sink's rules of its configuration, and gets what they lack.
import type { RegistryConfig } from '../config/model';
import type { FormatConfig, SinkConfig } from '../config/sink-model';
import { converterOf } from '../convert/converter-of';
import type { Converter, DataSchema, KnownSchemas } from '../convert/data';
import { dataSchema } from '../convert/data-schema';
import type { Side } from '../convert/fault';
import { headersConverter } from '../convert/headers';
import { keyRecord } from '../convert/key-record';
import { openSchemas } from '../registry/open-schemas';
import type { VersionedRegistry } from '../registry/registry';
import { schemaFetcher } from './fetch-schemas';
import type { FileFormat } from './format/format';
import { formatOf } from './format/format-of';
import { namedSchemas } from './named-schemas';
import type { Need } from './need';
import { partitionerOf } from './partitioner/partitioner-of';
import type { SinkRecord } from './record';
import type { Rules } from './rules';

export interface OpenRules {
  /** For a batch of the topic, which begins with it; loaded with the first call. A failure is not remembered. */
  readonly rules: (topic: string) => Promise<Rules>;
  /**
   * Gets what a plan of the topic lacks, so that its rules know it, or know why it cannot be had; of schemas at once all that
   * the records name on that side.
   */
  readonly get: (topic: string, need: Need, records: readonly SinkRecord[]) => Promise<void>;
}

export function openRules(config: SinkConfig, registry: (registry: RegistryConfig) => VersionedRegistry): OpenRules {
  const versions = config.compatibility !== 'NONE';
  const schemas = {
    value: openSchemas({ converter: config.converters.value, side: 'value', versions }, registry),
    key: openSchemas({ converter: config.converters.key, side: 'key', versions: false }, registry),
  };
  const formats = loadedFormats();
  const open = async (topic: string) => {
    const known = { value: schemas.value(topic).known, key: schemas.key(topic).known };
    return rulesOf(config, known, await loadRoles(config, formats.load), formats.loaded);
  };
  const opened = new Map<string, Promise<Rules>>();
  const fetchAll = schemaFetcher(config);
  return {
    rules: (topic) => {
      schemas.value(topic).forgetFailures();
      schemas.key(topic).forgetFailures();
      const rules = opened.get(topic) ?? open(topic);
      opened.set(topic, rules);
      rules.catch(() => opened.delete(topic));
      return rules;
    },
    get: async (topic, need, records) => {
      if (need.kind === 'format') {
        await formats.load(need.config);
        return;
      }
      const { side, id } = need;
      await fetchAll(schemas[side](topic), new Set([id, ...namedSchemas(records, side, config.converters[side])]));
    },
  };
}

/** By their configuration's JSON. */
function loadedFormats() {
  const loaded = new Map<string, FileFormat>();
  return {
    loaded,
    load: async (config: FormatConfig): Promise<FileFormat> => {
      const format = loaded.get(JSON.stringify(config)) ?? (await formatOf(config));
      loaded.set(JSON.stringify(config), format);
      return format;
    },
  };
}

/** The formats of what is stored beside each other, values first. */
async function loadRoles(
  { formats }: SinkConfig,
  load: (format: FormatConfig) => Promise<FileFormat>,
): Promise<Rules['roles']> {
  const roles: Rules['roles'][number][] = [];
  for (const role of ['value', 'keys', 'headers'] as const) {
    const config = formats[role];
    if (config !== undefined) roles.push({ role, config, format: await load(config) });
  }
  return roles;
}

/** @param formats those that are loaded, by their configuration's JSON */
export function rulesOf(
  config: SinkConfig,
  known: Readonly<Record<Side, KnownSchemas>>,
  roles: Rules['roles'],
  formats: ReadonlyMap<string, FileFormat>,
): Rules {
  const { converters } = config;
  return {
    config,
    value: converters.value.kind === 'avro' ? undefined : converterOf(converters.value, known.value, 'value'),
    key: keyConverter(config, known.key),
    headers: lazyHeaders(config),
    schemas: known,
    partitioner: partitionerOf(config.partitioner, config.directoryDelimiter),
    roles,
    format: (format) => formats.get(JSON.stringify(format)),
    storedSchema: storedSchemas(known),
  };
}

/** Made with the first record whose headers are stored. */
function lazyHeaders({ converters, formats }: SinkConfig): Rules['headers'] {
  let converter: Rules['headers'] | undefined;
  return (headers) => {
    converter ??= headersConverter(converters.headers, formats.headers?.kind ?? 'json');
    return converter(headers);
  };
}

function keyConverter({ converters, formats }: SinkConfig, known: KnownSchemas): Converter {
  const converter = converterOf(converters.key, known, 'key');
  if (formats.keys?.kind !== 'parquet') return converter;
  return (bytes, start, end) => {
    const data = converter(bytes, start, end);
    return 'bytes' in data ? keyRecord(data) : data;
  };
}

/** The registry's where it has the same text, so that records of that schema are seen to be of the file's. */
function storedSchemas(known: Readonly<Record<Side, KnownSchemas>>): Rules['storedSchema'] {
  const made = new Map<string, DataSchema>();
  return (role, { id, version, text = '' }) => {
    const found = id === undefined ? undefined : known[role === 'keys' ? 'key' : 'value'](id);
    if (found !== undefined && 'text' in found && (text === '' || text === found.text)) return found;
    const key = JSON.stringify([id, version, text]);
    const schema = made.get(key) ?? dataSchema(text, { id, version });
    made.set(key, schema);
    return schema;
  };
}
