// The statements that make a database ready for a source, as a custom resource of CloudFormation.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { SecretReader } from '../config/secret-reference';
import type { DataApiConfig } from '../config/source-model';
import { type DataApi, dataApi } from '../data-api/client';
import { ConnectlessError } from '../errors';
import { logger } from '../log';
import { identifier } from '../postgres/sql';
import { readSecret } from '../secrets/reader';
import type { Answer } from './answer';
import { passwordStatement } from './password-statement';
import { type Patience, patiently } from './patience';

/** Every Postgres of Amazon's has it. */
const FIRST_DATABASE = 'postgres';
const DUPLICATE_DATABASE = '42P04';

/** What the bootstrap reaches. */
export interface Reached {
  readonly connect: (place: DataApiConfig) => DataApi;
  readonly readSecret: SecretReader;
}

const AWS: Reached = { connect: dataApi, readSecret };

/**
 * Makes the database if need be. Each statement must be one that may run again. Throws BOOTSTRAP_INVALID, BOOTSTRAP_FAILED and the errors
 * of `dataApiError` and of `readSecret`.
 */
export async function bootstrapResource(
  event: CloudFormationCustomResourceEvent,
  patient: Patience,
  { connect, readSecret }: Reached = AWS,
): Promise<Answer> {
  // By its id alone: whatever is wrong with the rest of the event must not keep a stack from being deleted.
  if (event.RequestType === 'Delete') {
    logger.info('The table and the role stay', { resource: event.PhysicalResourceId });
    return { PhysicalResourceId: event.PhysicalResourceId };
  }
  const properties: Readonly<Record<string, unknown>> = event.ResourceProperties;
  const place = {
    clusterArn: text(properties, 'ClusterArn'),
    secretArn: text(properties, 'SecretArn'),
    database: text(properties, 'Database'),
  };
  const statements = [...texts(properties, 'Statements'), ...(await passwords(properties, readSecret))];
  await makeDatabase(place, patient, connect);
  const api = connect(place);
  for (const [index, statement] of statements.entries()) {
    const which = `Statement ${index + 1} of ${statements.length} on database ${place.database}`;
    await patiently(patient, logger, () => api.execute(statement)).catch((error: unknown) => {
      throw failed(error, which);
    });
  }
  logger.info('The database is ready', { database: place.database, statements: statements.length });
  return { PhysicalResourceId: `${place.clusterArn}/${place.database}` };
}

/** Of the role in `PasswordSecretArn`, where there is one: behind all others, so that nobody logs in before. */
async function passwords(
  properties: Readonly<Record<string, unknown>>,
  readSecret: SecretReader,
): Promise<readonly string[]> {
  if (properties.PasswordSecretArn === undefined) return [];
  const secret = text(properties, 'PasswordSecretArn');
  const members = await readSecret(secret, undefined);
  const [username, password] = ['username', 'password'].map((name) => members.get(name));
  if (username !== undefined && password !== undefined) return [passwordStatement(username, password)];
  throw new ConnectlessError('BOOTSTRAP_INVALID', `The secret ${secret} lacks username or password: add it.`);
}

/**
 * Not by the cluster's own DatabaseName: another one there would replace the cluster. There is no CREATE DATABASE IF NOT EXISTS, and none
 * within a DO block.
 */
async function makeDatabase(
  { database, ...place }: DataApiConfig,
  patient: Patience,
  connect: (place: DataApiConfig) => DataApi,
): Promise<void> {
  if (database === FIRST_DATABASE) return;
  const api = connect({ ...place, database: FIRST_DATABASE });
  const statement = `CREATE DATABASE ${identifier(database)}`;
  await patiently(patient, logger, () => api.execute(statement)).catch((error: unknown) => {
    const isThere = error instanceof ConnectlessError && error.message.startsWith(`SQLSTATE ${DUPLICATE_DATABASE}`);
    if (!isThere) throw failed(error, statement);
  });
}

function failed(error: unknown, which: string): unknown {
  if (!(error instanceof ConnectlessError)) return error;
  if (error.code !== 'STATEMENT_FAILED') {
    return new ConnectlessError(error.code, `${which}: ${error.message}`, { retryable: error.retryable, cause: error });
  }
  return new ConnectlessError(
    'BOOTSTRAP_FAILED',
    `${which} failed with ${error.message}. Those before it have run; all may run again: mend the cause and deploy again.`,
    { cause: error },
  );
}

function text(properties: Readonly<Record<string, unknown>>, name: string): string {
  const value = properties[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ConnectlessError('BOOTSTRAP_INVALID', `Custom::DatabaseBootstrap, property ${name}: write a text.`);
}

function texts(properties: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = properties[name];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new ConnectlessError(
    'BOOTSTRAP_INVALID',
    `Custom::DatabaseBootstrap, property ${name}: write a list of texts.`,
  );
}
