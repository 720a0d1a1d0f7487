// What changes in the worker's file on its way to AWS.
import { SAME_AS_WORKER } from '../../src/config/definitions/prefixed-clients';
import type { PropertiesFile } from '../../src/config/properties';
import { ENVIRONMENT } from '../../src/names';
import { type ClusterDecision, type Decisions, decideRegistry } from './decisions';
import { type Changed, type Edits, fromEnvironment } from './edits';

const REGISTRY_URL = /^(key|value)\.converter\.schema\.registry\.url$/;
const REGISTRY_LOGIN = /^(key|value)\.converter\.(schema\.registry\.)?basic\.auth\./;
const CONNECTION = /^((producer|consumer|admin)\.)?(bootstrap\.servers$|security\.protocol$|sasl\.|ssl\.)/;
const CLIENT_LOGIN = /^((producer|consumer|admin)\.)?sasl\./;

/** Below a state bucket that is made. */
export const STATE_PREFIX = 'state';

export function statePrefixOf({ state }: Pick<Decisions, 'state'>): string {
  return state.kind === 'make' ? STATE_PREFIX : state.prefix;
}

/** Answers properties of the worker's file, and those of a connector's file that must say the same. */
export function workerEdits(worker: PropertiesFile, decisions: Decisions): Edits {
  return {
    ...clusterEdits(worker, decisions.cluster),
    ...converterEdits(worker, decisions),
    'connectless.state.url': stateUrl(decisions),
    'offset.storage.file.filename': undefined,
  };
}

/** Of any file that names a converter: the built-in registry keeps its log in the state, and asks for no login. */
export function converterEdits({ properties }: PropertiesFile, decisions: Decisions): Edits {
  const others = properties.filter(({ key, value }) => REGISTRY_URL.test(key) && decideRegistry(value).kind === 'use');
  const own = properties
    .map(({ key }) => key)
    .filter((name) => !others.some(({ key }) => sideOf(key) === sideOf(name)));
  const urls = own.filter((name) => REGISTRY_URL.test(name)).map((name) => [name, stateUrl(decisions)]);
  const logins = own.filter((name) => REGISTRY_LOGIN.test(name)).map((name) => [name, undefined]);
  return Object.fromEntries([...urls, ...logins]);
}

/** `key` or `value`. */
function sideOf(name: string): string {
  return name.replace(/\..*$/, '');
}

function stateUrl(decisions: Decisions): string {
  return `s3://${fromEnvironment(ENVIRONMENT.stateBucket)}/${statePrefixOf(decisions)}`;
}

/** Of a function that does not talk to brokers: it need not know where they are, nor read the secret of a login. */
export function withoutBrokers({ file, edits }: Changed): Changed {
  const names = [...file.properties.map(({ key }) => key), ...Object.keys(edits)];
  const taken = names.filter((name) => CONNECTION.test(name)).map((name) => [name, undefined]);
  return { file, edits: { ...edits, ...Object.fromEntries(taken) } };
}

/** Stands in files whose function has neither state nor registry, since a worker has to name both. */
const NOWHERE = 'file:///nowhere';

/** Of a function that talks to brokers alone: it need not know where state and registry are, nor read the secret of a login. */
export function brokersAlone({ file, edits }: Changed): Changed {
  const names = file.properties.map(({ key }) => key);
  const urls = names.filter((name) => REGISTRY_URL.test(name)).map((name) => [name, NOWHERE]);
  const logins = names.filter((name) => REGISTRY_LOGIN.test(name)).map((name) => [name, undefined]);
  return { file, edits: { ...edits, ...Object.fromEntries([...urls, ...logins]), 'connectless.state.url': NOWHERE } };
}

function clusterEdits({ properties }: PropertiesFile, cluster: ClusterDecision): Edits {
  const ofClients = SAME_AS_WORKER.filter((name) => name.endsWith('.bootstrap.servers'));
  const brokers = {
    ...Object.fromEntries(ofClients.map((name) => [name, undefined])),
    'bootstrap.servers': fromEnvironment(ENVIRONMENT.bootstrapServers),
  };
  if (cluster.kind === 'use' && cluster.brokers !== undefined) return brokers;
  const logins = properties.map(({ key }) => key).filter((key) => CLIENT_LOGIN.test(key));
  return {
    ...Object.fromEntries([...logins, ...SAME_AS_WORKER].map((name) => [name, undefined])),
    ...brokers,
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'AWS_MSK_IAM',
  };
}
