// Which schema registries a connector asks: the worker's, or those of a sink's own converters.
import type { WorkerConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { ConverterConfig } from '../../src/config/sink-model';
import { decideRegistry } from './decisions';

export interface Registries {
  /** The built-in one, whose log is in the state. */
  readonly builtIn: boolean;
  /** `http(s)://host:port` of those that are somebody else's, each once. */
  readonly urls: readonly string[];
  /** AWS Glue's. */
  readonly glue: boolean;
}

export function registriesOf(
  connector: ConnectorConfig,
  { valueRegistry }: Pick<WorkerConfig, 'valueRegistry'>,
): Registries {
  if (connector.kind !== 'sink') return registriesIn([{ kind: 'avro', registry: valueRegistry }]);
  const { value, key } = connector.converters;
  return registriesIn([value, key]);
}

function registriesIn(converters: readonly ConverterConfig[]): Registries {
  const decisions = converters.flatMap((one) => (one.kind === 'avro' ? [decideRegistry(one.registry.url)] : []));
  return {
    builtIn: decisions.some(({ kind }) => kind === 'make'),
    urls: [...new Set(decisions.flatMap((one) => (one.kind === 'use' ? [one.url] : [])))],
    glue: converters.some(({ kind }) => kind === 'glue'),
  };
}
