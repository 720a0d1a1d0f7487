// Properties of converters that nothing looks at: of another converter than the file names, or of what no sink stores.
import type { Values } from './check';
import { converterOf, type Side } from './converters';
import type { ConnectorConfig } from './pipeline-model';
import type { PropertiesFile } from './properties';
import type { Note } from './report';
import { isSet } from './rule';
import type { ConverterConfig } from './sink-model';

/** Which converter looks at a property, by how its name goes on behind `value.converter.`. */
const OWNERS: readonly (readonly [RegExp, ConverterConfig['kind'], string])[] = [
  [/^(schema\.registry\.|basic\.auth\.)/, 'avro', "Confluent's AvroConverter"],
  [/^schemas\.enable$/, 'json', 'the JsonConverter'],
  [/^converter\.encoding$/, 'string', 'the StringConverter'],
  [/^(region|endpoint)$/, 'glue', 'the AWSKafkaAvroConverter'],
];

/** Of the file that names the converter. */
export function settingsOfOthers(file: PropertiesFile, values: Values, sides: readonly Side[]): Note[] {
  return sides.flatMap((side) => {
    const prefix = `${side}.converter.`;
    const kind = isSet(file, `${side}.converter`) ? converterOf(side, values, values)?.kind : undefined;
    if (kind === undefined) return [];
    return file.properties.flatMap(({ key, line }) => {
      const rest = key.startsWith(prefix) ? key.slice(prefix.length) : '';
      const owner = OWNERS.find(([name]) => name.test(rest));
      if (owner === undefined || owner[1] === kind) return [];
      return [{ file: file.file, line, property: key, why: `Only ${owner[2]} looks at it.` }];
    });
  });
}

/** Of the worker's file: converters of keys and headers serve sinks that store them and sources that write keys, and here none does. */
export function unusedConverters(
  worker: PropertiesFile,
  connectors: readonly { readonly config: ConnectorConfig }[],
): Note[] {
  const stores = (part: 'keys' | 'headers') =>
    connectors.some(({ config }) => config.kind === 'sink' && config.formats[part] !== undefined);
  return worker.properties.flatMap(({ key, line }) => {
    const isOfKeys = key === 'key.converter' || key.startsWith('key.converter.');
    if (!isOfKeys && key !== 'header.converter') return [];
    const part = isOfKeys ? 'keys' : 'headers';
    if (stores(part) || (isOfKeys && connectors.some(({ config }) => writesKeys(config)))) return [];
    return [{ file: worker.file, line, property: key, why: `No sink stores ${part}, so they are not converted.` }];
  });
}

function writesKeys(config: ConnectorConfig): boolean {
  if (config.kind !== 'source') return false;
  return config.keyTransform !== undefined || [...config.tableSettings.values()].some(({ key }) => key !== undefined);
}
