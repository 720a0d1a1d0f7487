// The worker's file: rules across its properties, and the configuration that it says.
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Values } from './check';
import { BUILT_IN_PROVIDERS } from './config-providers';
import { registryIsNamed, userInfoIsMeant } from './converter-rules';
import { buildRegistry, converterOf } from './converters';
import { PROTOCOLS } from './definitions/client';
import { SAME_AS_WORKER } from './definitions/prefixed-clients';
import type { KafkaConfig, WorkerConfig } from './model';
import { isSet, placeOf, type Rule, textOf } from './rule';
import { buildSasl, saslIsWhole } from './sasl';

const STATE = 'connectless.state.url';
const OFFSETS_FILE = 'offset.storage.file.filename';

const stateHasAPlace: Rule = (file) => {
  if (isSet(file, STATE) || isSet(file, OFFSETS_FILE)) return [];
  const what = 'is missing, so there is no place for the state';
  const write = `add ${OFFSETS_FILE}=/tmp/connect.offsets or ${STATE}=s3://bucket/prefix`;
  return [{ ...placeOf(file, OFFSETS_FILE), what, write }];
};

const clientsAgree: Rule = (file, values) =>
  SAME_AS_WORKER.filter((name) => isSet(file, name)).flatMap((name) => {
    const own = name.slice(name.indexOf('.') + 1);
    if (textOf(values, name) === textOf(values, own)) return [];
    const what = `differs from ${own}, and one connection serves all clients`;
    return [{ ...placeOf(file, name), what, write: 'write the same value, or delete the line' }];
  });

const providersHaveAClass: Rule = (file, values) => {
  const builtIn: readonly string[] = BUILT_IN_PROVIDERS;
  const names = textOf(values, 'config.providers')?.split(',') ?? [];
  const lacking = names.filter((name) => !builtIn.includes(name) && !isSet(file, `config.providers.${name}.class`));
  return lacking.map((name) => ({
    ...placeOf(file, 'config.providers'),
    what: 'names a provider without a class',
    write: `add config.providers.${name}.class=…`,
  }));
};

/** What no property says alone. */
export const workerRules: readonly Rule[] = [
  stateHasAPlace,
  saslIsWhole,
  registryIsNamed('value'),
  userInfoIsMeant('value'),
  clientsAgree,
  providersHaveAClass,
];

/** Of a file without faults. */
export function buildWorker(values: Values): WorkerConfig {
  const stateUrl = textOf(values, STATE) ?? besideOffsets(values.text(OFFSETS_FILE));
  const isAvro = converterOf('value', values, values)?.kind === 'avro';
  const valueRegistry = isAvro ? buildRegistry('value', values) : { url: stateUrl };
  return { kafka: buildKafka(values), valueRegistry, stateUrl };
}

function besideOffsets(offsetsFile: string): string {
  return pathToFileURL(join(dirname(resolve(offsetsFile)), 'connectless-state')).href;
}

function buildKafka(values: Values): KafkaConfig {
  const wanted = values.text('security.protocol');
  const securityProtocol = PROTOCOLS.find((protocol) => protocol === wanted) ?? 'PLAINTEXT';
  return {
    brokers: values.list('bootstrap.servers'),
    securityProtocol,
    ...(securityProtocol.startsWith('SASL_') ? { sasl: buildSasl(values) } : {}),
    clientId: values.text('client.id'),
    requestTimeoutMs: values.number('request.timeout.ms'),
  };
}
