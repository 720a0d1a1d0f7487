// How the worker logs in to Kafka: rules across the SASL properties, and the login that they say.
import type { Values } from './check';
import { MECHANISMS } from './definitions/client';
import { parseJaas } from './jaas';
import type { KafkaConfig } from './model';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { isSet, placeOf, type Rule, textOf } from './rule';

const MECHANISM = 'sasl.mechanism';
const JAAS = 'sasl.jaas.config';
const HANDLER = 'sasl.client.callback.handler.class';
const IAM = 'AWS_MSK_IAM';
const IAM_MODULE = 'software.amazon.msk.auth.iam.IAMLoginModule';

export const saslIsWhole: Rule = (file, values) => {
  if (textOf(values, MECHANISM) === IAM) return iamFaults(file, values);
  const handler = isSet(file, HANDLER)
    ? [{ ...placeOf(file, HANDLER), what: `belongs to ${MECHANISM}=${IAM}`, write: 'write that, or delete the line' }]
    : [];
  return [...handler, ...passwordFaults(file, values)];
};

function passwordFaults(file: PropertiesFile, values: Values): Fault[] {
  if (!textOf(values, 'security.protocol')?.startsWith('SASL_')) return [];
  const absent = [MECHANISM, JAAS].filter((name) => !isSet(file, name));
  if (absent.length > 0) {
    const what = 'is missing, and security.protocol asks for SASL';
    return absent.map((name) => ({ ...placeOf(file, name), what, write: `add ${name}=…` }));
  }
  const jaas = parseJaas(textOf(values, JAAS) ?? '');
  if (jaas === undefined || (jaas.options.has('username') && jaas.options.has('password'))) return [];
  const what = 'has no username and password';
  const write = 'write org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";';
  return [{ ...placeOf(file, JAAS), what, write }];
}

/** The token would pass in the clear without TLS, and MSK listens for it with TLS only. */
function iamFaults(file: PropertiesFile, values: Values): Fault[] {
  const protocol = textOf(values, 'security.protocol');
  const faults: Fault[] = [];
  if (protocol !== 'SASL_SSL') {
    const what = isSet(file, 'security.protocol') ? `is ${protocol}` : 'is missing';
    const write = 'write security.protocol=SASL_SSL, with the brokers at port 9098';
    faults.push({ ...placeOf(file, 'security.protocol'), what: `${what}, and ${MECHANISM} is ${IAM}`, write });
  }
  const jaas = parseJaas(textOf(values, JAAS) ?? '');
  if (jaas === undefined) return faults;
  if (jaas.module !== IAM_MODULE) {
    const what = `has another login module than ${MECHANISM}=${IAM} asks for`;
    return [...faults, { ...placeOf(file, JAAS), what, write: `write ${IAM_MODULE} required; or delete the line` }];
  }
  const [option] = jaas.options.keys();
  if (option === undefined) return faults;
  const what = `has the option ${option}, and the login is always the role of the function, or AWS's own chain`;
  return [...faults, { ...placeOf(file, JAAS), what, write: `write ${IAM_MODULE} required;` }];
}

/** Of a file without faults. */
export function buildSasl(values: Values): NonNullable<KafkaConfig['sasl']> {
  const wanted = values.text(MECHANISM);
  const mechanism = MECHANISMS.find((known) => known === wanted) ?? 'PLAIN';
  if (mechanism === IAM) return { mechanism };
  const options = parseJaas(values.text(JAAS))?.options;
  return { mechanism, username: options?.get('username') ?? '', password: options?.get('password') ?? '' };
}
