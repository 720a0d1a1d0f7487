// Replaces references to config providers, `${env:NAME}` and `${file:path:key}`, as KIP-297 and KIP-421 say; those to secrets stay for later.
import type { PropertiesFile, Property } from './properties';
import type { Fault, Problem } from './report';
import { parseSecretReference, type SecretReference } from './secret-reference';

type Found = { readonly value: string } | { readonly problem: Problem };

/** What a provider knows under a path (empty when the reference has none) and key. */
export type Provider = (path: string, key: string) => Found;

export interface Providers {
  readonly env: Provider;
  readonly file: Provider;
}

/** What stands behind a provider's name. */
interface Declared {
  readonly kind: keyof Providers | 'secretsmanager';
  /** `config.providers.NAME.param.region`. */
  readonly region?: string;
}

export type DeclaredProviders = ReadonlyMap<string, Declared>;

/** Kafka's own pattern, org.apache.kafka.common.config.ConfigTransformer.DEFAULT_PATTERN. */
const REFERENCE = /\$\{([^}]*?):(?:([^}]*?):)?([^}]*?)\}/g;

const CLASSES: Readonly<Record<string, Declared['kind']>> = {
  'org.apache.kafka.common.config.provider.EnvVarConfigProvider': 'env',
  'org.apache.kafka.common.config.provider.FileConfigProvider': 'file',
  'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider': 'secretsmanager',
};

export const PROVIDER_CLASSES = Object.keys(CLASSES);

/** They need no declaration here. */
export const BUILT_IN_PROVIDERS = ['env', 'file', 'secretsmanager'] as const;

/** The provider that each name stands for: those of the worker's file, and those that need no declaration. */
export function declaredProviders({ properties }: PropertiesFile): DeclaredProviders {
  const written = (name: string) => properties.findLast(({ key }) => key === name)?.value.trim();
  const kinds = new Map<string, Declared['kind']>(BUILT_IN_PROVIDERS.map((name) => [name, name]));
  for (const { key, value } of properties) {
    const name = /^config\.providers\.([^.]+)\.class$/.exec(key)?.[1];
    const kind = CLASSES[value.trim()];
    if (name !== undefined && kind !== undefined) kinds.set(name, kind);
  }
  return new Map(
    [...kinds].map(([name, kind]) => {
      const region = written(`config.providers.${name}.param.region`);
      return [name, { kind, ...(region === undefined ? {} : { region }) }];
    }),
  );
}

/** The file with every reference replaced but those to secrets, which its properties then list; one that cannot be is a fault. */
export function resolveReferences(
  file: PropertiesFile,
  names: DeclaredProviders,
  providers: Providers,
): PropertiesFile {
  return withProperties(file, (property) => resolveProperty(property, names, providers));
}

/** The file with its references to secrets replaced. */
export function replaceReferences(file: PropertiesFile, lookUp: (reference: SecretReference) => Found): PropertiesFile {
  return withProperties(file, ({ secrets = [], ...property }) => {
    const problems: Problem[] = [];
    const value = property.value.replace(REFERENCE, (text) => {
      const reference = secrets.find((candidate) => candidate.text === text);
      const found = reference === undefined ? { value: text } : lookUp(reference);
      if ('value' in found) return found.value;
      problems.push(found.problem);
      return text;
    });
    return { property: { ...property, value }, problems };
  });
}

interface Resolved {
  readonly property: Property;
  readonly problems: readonly Problem[];
}

function withProperties(file: PropertiesFile, resolve: (property: Property) => Resolved): PropertiesFile {
  const resolved = file.properties.map(resolve);
  const faults = resolved.flatMap(({ property: { key, line }, problems }) =>
    problems.map((problem): Fault => ({ file: file.file, line, property: key, ...problem })),
  );
  const properties = resolved.map(({ property }) => property);
  return { ...file, properties, faults: [...file.faults, ...faults] };
}

function resolveProperty(property: Property, names: DeclaredProviders, providers: Providers): Resolved {
  const problems: Problem[] = [];
  const secrets: SecretReference[] = [];
  const value = property.value.replace(REFERENCE, (text, name: string, path: string | undefined, key: string) => {
    const found = find(names, providers, { text, name, path: path ?? '', key });
    if ('problem' in found) problems.push(found.problem);
    else if (typeof found.value === 'string') return found.value;
    else secrets.push(found.value);
    return text;
  });
  return { property: { ...property, value, ...(secrets.length === 0 ? {} : { secrets }) }, problems };
}

interface Reference {
  readonly text: string;
  readonly name: string;
  readonly path: string;
  readonly key: string;
}

function find(
  names: DeclaredProviders,
  providers: Providers,
  { text, name, path, key }: Reference,
): { value: string | SecretReference } | { problem: Problem } {
  const declared = names.get(name);
  if (declared === undefined) {
    const what = `refers to a config provider "${name}" that is not there`;
    return { problem: { what, write: `use one of ${[...names.keys()].join(', ')}` } };
  }
  if (declared.kind === 'secretsmanager') return parseSecretReference(text, path, key, declared.region);
  return providers[declared.kind](path, key);
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
