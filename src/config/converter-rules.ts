// Rules of converters: what one file lacks, and what a connector's file and the worker's say together.
import { without } from './check';
import { converterOf, headerConverterOf, type Side, userInfosOf } from './converters';
import { CONVERTERS, HEADER_CONVERTERS, sinkConverters } from './definitions/converter';
import type { ConnectorConfig } from './pipeline-model';
import type { PropertiesFile, Property } from './properties';
import type { Fault } from './report';
import { isSet, placeOf, type Rule, textOf } from './rule';

/** Of the file that names the converter. */
export const registryIsNamed =
  (side: Side): Rule =>
  (file, values) => {
    const url = `${side}.converter.schema.registry.url`;
    const isAvro = isSet(file, `${side}.converter`) && textOf(values, `${side}.converter`) === CONVERTERS.avro;
    const definition = sinkConverters.find(({ name }) => name === url);
    return !isAvro || isSet(file, url) || definition === undefined ? [] : [without(file, definition)];
  };

export const userInfoIsMeant =
  (side: Side): Rule =>
  (file, values) => {
    const credentials = `${side}.converter.basic.auth.credentials.source`;
    const given = userInfosOf(side).find((name) => isSet(file, name));
    const asked = textOf(values, credentials) === 'USER_INFO';
    if (asked && given === undefined) {
      const what = 'asks for user and password in a property of their own, which is missing';
      return [{ ...placeOf(file, credentials), what, write: `add ${userInfosOf(side)[0]}=user:password` }];
    }
    if (given === undefined || asked) return [];
    const what = `has no effect without ${credentials}=USER_INFO`;
    return [{ ...placeOf(file, given), what, write: 'add that line, or delete this one' }];
  };

/** Keys and headers are converted where they are stored, and there a converter must be one that there is. */
const storedPartsHaveConverters: Rule = (file, values, worker) => {
  const faults = [];
  if (values.find('store.kafka.keys') === true && converterOf('key', values, worker) === undefined) {
    const name = textOf(values, 'key.converter') ?? textOf(worker, 'key.converter');
    const what = name === undefined ? 'is missing, and keys are stored' : `is ${name}, which is not supported yet`;
    const write = `write one of ${Object.values(CONVERTERS).join(', ')}`;
    faults.push({ ...placeOf(file, 'key.converter'), what, write });
  }
  if (values.find('store.kafka.headers') === true && headerConverterOf(values, worker) === undefined) {
    const name = textOf(values, 'header.converter') ?? textOf(worker, 'header.converter');
    const write = `write one of ${Object.values(HEADER_CONVERTERS).join(', ')}`;
    faults.push({ ...placeOf(file, 'header.converter'), what: `is ${name}, which is not supported yet`, write });
  }
  return faults;
};

/** Where a sink that stores keys takes the worker's converter: the worker alone need not have a registry of keys. */
const workersKeysHaveARegistry: Rule = (file, values, worker) => {
  if (values.find('store.kafka.keys') !== true || isSet(file, 'key.converter')) return [];
  const url = 'key.converter.schema.registry.url';
  if (converterOf('key', values, worker)?.kind !== 'avro' || worker.find(url) !== undefined) return [];
  const what = `stores keys, and the worker's key.converter has no ${url}`;
  return [{ ...placeOf(file, 'store.kafka.keys'), what, write: `add ${url}=… to the worker's file` }];
};

export const sinkConverterRules: readonly Rule[] = [
  registryIsNamed('value'),
  registryIsNamed('key'),
  userInfoIsMeant('value'),
  userInfoIsMeant('key'),
  storedPartsHaveConverters,
  workersKeysHaveARegistry,
];

const SETTING = /^(value|key|header)\.converter\./;

/** Properties of a connector's file whose converter stands in the worker's. Connect does not look at them. */
function borrowed(connector: PropertiesFile): readonly Property[] {
  return connector.properties.filter(({ key }) => {
    const [, side] = SETTING.exec(key) ?? [];
    return side !== undefined && !isSet(connector, `${side}.converter`);
  });
}

/** A source and a processor share the worker's converter: what they say of it must be what the worker says. */
function otherThanWorkers(worker: PropertiesFile, connector: PropertiesFile): Fault[] {
  return connector.properties
    .filter(({ key }) => key === 'value.converter' || key.startsWith('value.converter.'))
    .filter(({ key, value }) => workersValue(worker, key) !== value.trim())
    .map(({ key, line }) => ({
      file: connector.file,
      line,
      property: key,
      what: `differs from the worker's, and a converter of its own is not supported yet`,
      write: `delete the line, or write what ${worker.file} has`,
    }));
}

/** A sink's own converter and its settings stand together; a setting alone is harmless where the worker says the same. */
function withoutConverter(worker: PropertiesFile, connector: PropertiesFile): Fault[] {
  return borrowed(connector)
    .filter(({ key, value }) => workersValue(worker, key) !== value.trim())
    .map(({ key, line }) => {
      const [, side] = SETTING.exec(key) ?? [];
      const what = `has no effect, in Kafka Connect neither: the worker's ${side}.converter has its settings in ${worker.file}`;
      return { file: connector.file, line, property: key, what, write: `add ${side}.converter=…, or delete the line` };
    });
}

function workersValue(worker: PropertiesFile, name: string): string | undefined {
  return worker.properties.findLast(({ key }) => key === name)?.value.trim();
}

/** What a connector's file says of converters beside the worker's. */
export function strayConverters(
  worker: PropertiesFile,
  connector: PropertiesFile,
  kind: ConnectorConfig['kind'] | undefined,
): Fault[] {
  return kind === 'sink' ? withoutConverter(worker, connector) : otherThanWorkers(worker, connector);
}

/** A source and a processor write Avro alone. */
export const workerWritesAvro: Rule = (file, _, worker) => {
  const converter = converterOf('value', worker, worker);
  if (converter === undefined || converter.kind === 'avro') return [];
  const what = `is the worker's ${converter.name}, and this connector writes Avro alone`;
  const write = `write value.converter=${CONVERTERS.avro} in the worker's file, and give the sinks converters of their own`;
  return [{ ...placeOf(file, 'value.converter'), what, write }];
};
