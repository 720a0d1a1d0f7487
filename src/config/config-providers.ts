// Replaces references to config providers, `${env:NAME}` and `${file:path:key}`, as KIP-297 and KIP-421 say.
import type { PropertiesFile, Property } from './properties';
import type { Fault, Problem } from './report';

/** What a provider knows under a path (empty when the reference has none) and key. */
export type Provider = (path: string, key: string) => { value: string } | { problem: Problem };

export interface Providers {
  readonly env: Provider;
  readonly file: Provider;
}

/** Kafka's own pattern, org.apache.kafka.common.config.ConfigTransformer.DEFAULT_PATTERN. */
const REFERENCE = /\$\{([^}]*?):(?:([^}]*?):)?([^}]*?)\}/g;

const CLASSES: Readonly<Record<string, keyof Providers>> = {
  'org.apache.kafka.common.config.provider.EnvVarConfigProvider': 'env',
  'org.apache.kafka.common.config.provider.FileConfigProvider': 'file',
};

export const PROVIDER_CLASSES = Object.keys(CLASSES);

/**
 * The provider that each name stands for: `config.providers` of the worker's file, and `env` and `file`, which need no
 * declaration here.
 */
export function declaredProviders(worker: PropertiesFile): ReadonlyMap<string, keyof Providers> {
  const names = new Map<string, keyof Providers>([
    ['env', 'env'],
    ['file', 'file'],
  ]);
  for (const { key, value } of worker.properties) {
    const name = /^config\.providers\.([^.]+)\.class$/.exec(key)?.[1];
    const provider = CLASSES[value.trim()];
    if (name !== undefined && provider !== undefined) names.set(name, provider);
  }
  return names;
}

/** The file with every reference replaced; one that cannot be is a fault. */
export function resolveReferences(
  file: PropertiesFile,
  names: ReadonlyMap<string, keyof Providers>,
  providers: Providers,
): PropertiesFile {
  const resolved = file.properties.map((property) => resolveProperty(property, names, providers));
  const faults = resolved.flatMap(({ property: { key, line }, problems }) =>
    problems.map((problem): Fault => ({ file: file.file, line, property: key, ...problem })),
  );
  const properties = resolved.map(({ property }) => property);
  return { ...file, properties, faults: [...file.faults, ...faults] };
}

function resolveProperty(
  property: Property,
  names: ReadonlyMap<string, keyof Providers>,
  providers: Providers,
): { property: Property; problems: Problem[] } {
  const problems: Problem[] = [];
  const value = property.value.replace(REFERENCE, (reference, name: string, path: string | undefined, key: string) => {
    const provider = names.get(name);
    const found = provider === undefined ? unknownProvider(name, names) : providers[provider](path ?? '', key);
    if ('value' in found) return found.value;
    problems.push(found.problem);
    return reference;
  });
  return { property: { ...property, value }, problems };
}

function unknownProvider(name: string, names: ReadonlyMap<string, unknown>): { problem: Problem } {
  const what = `refers to a config provider "${name}" that is not there`;
  return { problem: { what, write: `use one of ${[...names.keys()].join(', ')}` } };
}

/** Environment variables. */
export function envProvider(env: Readonly<Record<string, string | undefined>>): Provider {
  return (path, key) => {
    if (path !== '') {
      return { problem: { what: 'gives the env provider a path, and it takes none', write: `write \${env:${key}}` } };
    }
    const value = env[key];
    if (value !== undefined) return { value };
    const what = `refers to the environment variable ${key}, which is not set`;
    return { problem: { what, write: `set ${key}, or write the value itself` } };
  };
}
