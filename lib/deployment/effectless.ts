// Properties that have no effect here: they stay where they are written, and whatever they hold with them.
import { definitionOf } from '../../src/config/definition';
import { workerDefinitions } from '../../src/config/definitions/worker';
import { connectorKinds } from '../../src/config/kinds';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { PropertiesFile } from '../../src/config/properties';
import type { Edits } from './edits';

/** Takes them out of the file of the worker, or of a connector of that kind. */
export function effectlessEdits({ properties }: PropertiesFile, kind: 'worker' | ConnectorConfig['kind']): Edits {
  const definitions = kind === 'worker' ? workerDefinitions : (ofKind(kind)?.definitions ?? []);
  const names = properties
    .map(({ key }) => key)
    .filter((name) => definitionOf(name, definitions)?.effect.kind === 'accepted');
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function ofKind(kind: ConnectorConfig['kind']) {
  return connectorKinds.find((known) => known.kind === kind);
}
