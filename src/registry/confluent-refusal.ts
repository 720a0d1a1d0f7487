// Why a Confluent-compatible registry refuses a schema: its level and versions are asked for, and looked at as the built-in registry does.
import { ConnectlessError } from '../errors';
import { confluentMessage, type Refusal, refusal } from './compatibility';
import { compatibilityLevel } from './compatibility-level';
import { isSuccess, json, member } from './confluent-answer';
import { bodyOf, type ConfluentClient } from './confluent-client';
import type { HttpAnswer } from './confluent-http';
import { incompatibleError } from './incompatible';
import type { Registration } from './registry';

/** SCHEMA_INCOMPATIBLE. What cannot be found out is left to the registry's own words. @param said they */
export async function refusedSchema(
  client: ConfluentClient,
  subject: string,
  schema: string,
  said: string,
): Promise<ConnectlessError> {
  const refused = await ownRefusal(client, subject, schema).catch(() => undefined);
  if (refused !== undefined) return incompatibleError(refused, schema, said);
  return new ConnectlessError(
    'SCHEMA_INCOMPATIBLE',
    `The schema registry refuses the new schema of ${subject}: ${said}`,
  );
}

/** The subject's newest version, undefined when it has none. */
export async function latestVersion(client: ConfluentClient, subject: string): Promise<Registration['latest']> {
  return versionOf(await client.get(`/subjects/${encodeURIComponent(subject)}/versions/latest`));
}

/** What registering would throw. Registries before 6.1 check against one version alone, and some check nothing before. */
export async function wouldRefuse(
  client: ConfluentClient,
  subject: string,
  schema: string,
): Promise<Registration['refused']> {
  const path = `/compatibility/subjects/${encodeURIComponent(subject)}/versions`;
  const all = await client.post(`${path}?verbose=true`, { schema });
  const isUnknownPath = [404, 405].includes(all.status);
  const answer = isUnknownPath ? await client.post(`${path}/latest?verbose=true`, { schema }) : all;
  if (answer.status === 404) {
    const refused = await ownRefusal(client, subject, schema);
    return refused && incompatibleError(refused, schema, confluentMessage(refused));
  }
  const body = bodyOf(client, answer);
  if (member(body, 'is_compatible') !== false) return undefined;
  const messages = member(body, 'messages');
  return refusedSchema(client, subject, schema, Array.isArray(messages) ? messages.join(', ') : 'it is not compatible');
}

async function ownRefusal(client: ConfluentClient, subject: string, schema: string): Promise<Refusal | undefined> {
  const config = await client.get(`/config/${encodeURIComponent(subject)}?defaultToGlobal=true`);
  const level = compatibilityLevel(member(json(config.body), 'compatibilityLevel'));
  if (level === undefined) return undefined;
  if (level.endsWith('_TRANSITIVE')) return refusal(level, subject, schema, await allVersions(client, subject));
  const latest = await latestVersion(client, subject);
  return refusal(level, subject, schema, latest === undefined ? [] : [latest]);
}

async function allVersions(client: ConfluentClient, subject: string): Promise<NonNullable<Registration['latest']>[]> {
  const path = `/subjects/${encodeURIComponent(subject)}/versions`;
  const numbers = json((await client.get(path)).body);
  const versions = [];
  for (const number of Array.isArray(numbers) ? numbers : [])
    versions.push(versionOf(await client.get(`${path}/${number}`)));
  return versions.filter((version) => version !== undefined);
}

function versionOf(answer: HttpAnswer): Registration['latest'] {
  const body = json(answer.body);
  const [version, schema] = [member(body, 'version'), member(body, 'schema')];
  if (!isSuccess(answer) || typeof version !== 'number' || typeof schema !== 'string') return undefined;
  return { version, schema };
}
