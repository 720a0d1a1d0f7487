// A stack's templates for the tests of a file: read before them, one for each configuration that has the stack.
import { beforeAll } from '@jest/globals';
import { type ConfigurationName, configurationNames } from './configurations';
import { type Resource, type StackName, type StackTemplate, SYNTHESIS_TIMEOUT_MS, synthesis } from './synthesis';
import { onlyOne, resourcesOf } from './template';

export interface Read {
  readonly template: (name?: ConfigurationName) => StackTemplate;
  readonly all: (type: string, name?: ConfigurationName) => readonly Resource[];
  readonly only: (type: string, name?: ConfigurationName) => Resource;
}

export function read(stack: StackName): Read {
  const templates = new Map<ConfigurationName, StackTemplate>();
  beforeAll(async () => {
    for (const name of configurationNames) {
      const template = (await synthesis(name)).templates[stack];
      if (template !== undefined) templates.set(name, template);
    }
  }, SYNTHESIS_TIMEOUT_MS);
  const template = (name: ConfigurationName = 'defaults') => {
    const found = templates.get(name);
    if (found === undefined) throw new Error(`${name} has no stack ${stack}`);
    return found;
  };
  return {
    template,
    all: (type, name) => [...resourcesOf(template(name), type).values()],
    only: (type, name) => onlyOne(template(name), type),
  };
}
