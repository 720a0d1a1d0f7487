// The names of functions: as a property says, or made of the pipeline's name and the connector's.
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { Fault } from '../../src/config/report';

const LONGEST = 64;

export function functionNameOf({ name, deployment }: ConnectorConfig, prefix: string): string {
  return deployment.functionName ?? `${prefix}-${name.replaceAll('.', '-')}`;
}

/** Of a function that belongs to no connector. */
export function ownFunctionName(prefix: string, step: string): string {
  return `${prefix}-${step}`;
}

const OWN_STEPS = ['registry', 'topics', 'bootstrap', 'data-api-user', 'preflight'];

/** Too long for AWS, or the name of two. */
export function nameFaults(
  connectors: readonly ConnectorConfig[],
  prefix: string,
  fileOf: (connector: ConnectorConfig) => string,
): readonly Fault[] {
  const taken = new Set(OWN_STEPS.map((step) => ownFunctionName(prefix, step)));
  return connectors.flatMap((connector): Fault[] => {
    const name = functionNameOf(connector, prefix);
    const place = {
      file: fileOf(connector),
      property: connector.deployment.functionName === undefined ? 'name' : 'connectless.function.name',
    };
    if (name.length > LONGEST) {
      const what = `gives its function a name of ${name.length} characters, and AWS takes ${LONGEST}`;
      return [{ ...place, what, write: 'add connectless.function.name with a shorter one' }];
    }
    if (taken.has(name)) {
      const what = `gives its function the name ${name}, which another one has`;
      return [{ ...place, what, write: 'add connectless.function.name with another one' }];
    }
    taken.add(name);
    return [];
  });
}
