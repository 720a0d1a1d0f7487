// Reads the files of a pipeline, references to the environment and to other files replaced.
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { messageOf } from '../errors';
import { declaredProviders, envProvider, type Provider, resolveReferences } from './config-providers';
import { type PropertiesFile, parseProperties, unreadable } from './properties';

export type Env = Readonly<Record<string, string | undefined>>;

export interface Files {
  readonly worker: PropertiesFile;
  readonly connectors: readonly PropertiesFile[];
}

/** The worker's file may be among the connectors': it is left out there. */
export function readFiles(workerFile: string, connectorFiles: readonly string[], env: Env): Files {
  const worker = read(workerFile);
  const others = connectorFiles.filter((file) => resolve(file) !== resolve(workerFile)).map(read);
  const names = declaredProviders(worker);
  const providers = { env: envProvider(env), file: fileProvider() };
  const resolved = (file: PropertiesFile) => resolveReferences(file, names, providers);
  return { worker: resolved(worker), connectors: others.map(resolved) };
}

function read(path: string): PropertiesFile {
  const file = relative('', path).startsWith('..') ? path : relative('', path);
  if (!existsSync(path)) {
    return unreadable({ file, what: 'does not exist', write: 'write the path of a .properties file' });
  }
  try {
    return parseProperties(file, readFileSync(path));
  } catch (error) {
    const what = `cannot be read (${messageOf(error)})`;
    return unreadable({ file, what, write: 'write the path of a .properties file that you may read' });
  }
}

/** Kafka's FileConfigProvider: a property of another properties file. Each file is read once. */
function fileProvider(): Provider {
  const files = new Map<string, PropertiesFile>();
  return (path, key) => {
    const file = files.get(path) ?? read(path);
    files.set(path, file);
    if (path === '' || file.unreadable) {
      const what = `refers to a file "${path}" that cannot be read`;
      return { problem: { what, write: 'write the path of a properties file behind file:' } };
    }
    const property = file.properties.findLast((candidate) => candidate.key === key);
    if (property !== undefined) return { value: property.value };
    return { problem: { what: `refers to ${key}, which ${path} does not have`, write: `add it to ${path}` } };
  };
}
