// Fetches the secrets that files refer to, each once, and puts their values in.
import { replaceReferences } from './config-providers';
import type { PropertiesFile } from './properties';
import type { Problem } from './report';
import type { SecretReader, SecretReference } from './secret-reference';

/** The files themselves when they refer to no secret. A key that a secret lacks is a fault; the reader's errors are thrown. */
export async function withSecrets(
  files: readonly PropertiesFile[],
  read: SecretReader,
): Promise<readonly PropertiesFile[]> {
  const references = files.flatMap(({ properties }) => properties.flatMap(({ secrets = [] }) => secrets));
  if (references.length === 0) return files;
  const wanted = new Map(references.map((reference) => [idOf(reference), reference]));
  const fetched = new Map(
    await Promise.all([...wanted].map(async ([id, { secret, region }]) => [id, await read(secret, region)] as const)),
  );
  const lookUp = (reference: SecretReference) => memberOf(reference, fetched.get(idOf(reference)) ?? new Map());
  return files.map((file) => replaceReferences(file, lookUp));
}

function idOf({ secret, region }: SecretReference): string {
  return JSON.stringify([region, secret]);
}

function memberOf(
  { secret, key }: SecretReference,
  members: ReadonlyMap<string, string>,
): { value: string } | { problem: Problem } {
  const value = members.get(key);
  if (value !== undefined) return { value };
  const write = `write one of its keys (${[...members.keys()].join(', ') || 'it has none'}), or add ${key} to it`;
  return { problem: { what: `refers to ${key}, which the secret ${secret} does not have`, write } };
}
