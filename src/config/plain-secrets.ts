// Passwords in the files that a deployment would put into the function's code as plain text.
import { parseConnectionUrl } from './connection-url';
import { definitionOf } from './definition';
import { workerDefinitions } from './definitions/worker';
import type { Files } from './files';
import { parseJaas } from './jaas';
import { connectorKinds } from './kinds';
import type { PropertiesFile, Property } from './properties';
import type { Fault } from './report';
import { SECRET_FORM } from './secret-reference';

/** Stands for a reference to a secret where a value is taken apart. */
const HIDDEN = '\0';

/** Of properties that have an effect; whether their value was written, or came from the environment or a file, is the same. */
export function plainSecrets({ worker, connectors }: Files): Fault[] {
  return [...ofFile(worker, workerDefinitions), ...connectors.flatMap((file) => ofFile(file, definitionsOf(file)))];
}

function definitionsOf(file: PropertiesFile) {
  const name = file.properties.findLast(({ key }) => key === 'connector.class')?.value.trim();
  return connectorKinds.find(({ className }) => className === name)?.definitions ?? [];
}

function ofFile({ file, properties }: PropertiesFile, definitions: Parameters<typeof definitionOf>[1]): Fault[] {
  return properties.flatMap((property) => {
    const definition = definitionOf(property.key, definitions);
    if (definition?.effect.kind !== 'used') return [];
    const password = passwordIn(property, definition.type === 'password');
    if (password === undefined || password === '' || password.includes(HIDDEN)) return [];
    const place = { file, line: property.line, property: property.key };
    const what = "holds a password that would stand in the function's code as plain text";
    return [{ ...place, what, write: INSTEAD[property.key] ?? `write ${SECRET_FORM} in its place` }];
  });
}

const inUserInfo = (converter: string) =>
  `take it out, and write ${converter}.basic.auth.user.info=${SECRET_FORM} with ${converter}.basic.auth.credentials.source=USER_INFO`;

const INSTEAD: Readonly<Record<string, string>> = {
  'connection.url': `take it out, and write connection.password=${SECRET_FORM}`,
  'value.converter.schema.registry.url': inUserInfo('value.converter'),
  'key.converter.schema.registry.url': inUserInfo('key.converter'),
};

/** The part of the value that is a password; undefined when it has none. */
function passwordIn({ key, value: written, secrets = [] }: Property, isSecret: boolean): string | undefined {
  const value = secrets.reduce((text, secret) => text.replaceAll(secret.text, HIDDEN), written.trim());
  if (key === 'connection.url') return passwordOfUrl(value);
  if (key.endsWith('schema.registry.url')) return /^https?:\/\/[^/]*?:([^/]*)@/.exec(value)?.[1];
  if (value === HIDDEN || !isSecret) return undefined;
  if (key.endsWith('sasl.jaas.config')) return parseJaas(value)?.options.get('password');
  return key.endsWith('user.info') ? value.replace(/^[^:]*:/, '') : value;
}

function passwordOfUrl(url: string): string | undefined {
  const parsed = parseConnectionUrl(url);
  return 'value' in parsed && 'host' in parsed.value ? parsed.value.password : undefined;
}
