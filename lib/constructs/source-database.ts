// A Postgres database as a source uses it, and what its function is granted.
import { Stack } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { SourceConfig } from '../../src/config/source-model';
import { ConnectlessError } from '../../src/errors';
import { ENVIRONMENT } from '../../src/names';
import { isToBeMade } from '../deployment/address';
import { letOutAnywhere, letThrough } from './network';
import { allow, type PipelineFunction } from './pipeline-function';

export interface SourceDatabase {
  /** Host of the writer, where `connection.url` names localhost or a placeholder. @default the host of connection.url */
  readonly host?: string;
  /** Port of the writer, where `host` is given. @default 5432 */
  readonly port?: number;
  /** Of the database. @default none: whoever keeps the database lets the source in */
  readonly securityGroup?: ISecurityGroup;
  /** `cluster-…` or `db-…`, for IAM authentication. @default the source logs in with a password */
  readonly resourceId?: string;
}

/** The source may log in as `user`, with the address in its environment. Throws CONFIG_INVALID where nobody says at which host. */
export function grantLogin(
  step: PipelineFunction,
  { name, postgres }: SourceConfig,
  database: SourceDatabase,
  user: string | undefined,
): void {
  const { host, port } = addressOf(name, postgres, database);
  step.handler.addEnvironment(ENVIRONMENT.databaseHost, host);
  step.handler.addEnvironment(ENVIRONMENT.databasePort, String(port));
  letToDatabase(step, database.securityGroup, port);
  if (user === undefined) return;
  if (database.resourceId === undefined) {
    const message = `${name}: connection.url: logs in with IAM, which is granted by the resource id of the database: give it to the source.`;
    throw new ConnectlessError('CONFIG_INVALID', message);
  }
  const { partition, region, account } = Stack.of(step);
  const dbUser = `arn:${partition}:rds-db:${region}:${account}:dbuser:${database.resourceId}/${user}`;
  allow(step, 'DatabaseLogin', ['rds-db:connect'], [dbUser]);
}

/** What `connection.url` says, or where it asks to be filled in, what is given. */
function addressOf(name: string, { host, port }: SourceConfig['postgres'], given: SourceDatabase) {
  if (!isToBeMade(host)) return { host, port };
  if (given.host !== undefined) return { host: given.host, port: given.port ?? 5432 };
  const message = `${name}: connection.url: names no host that exists (${host}): write one, or give the source its database's host.`;
  throw new ConnectlessError('CONFIG_INVALID', message);
}

function letToDatabase(step: PipelineFunction, to: ISecurityGroup | undefined, port: number): void {
  const from = step.securityGroup;
  if (from === undefined) return;
  if (to === undefined) letOutAnywhere(step, 'DatabaseOut', from, port, 'Postgres, known by its name alone');
  else letThrough(step, 'Database', { from, to, port, description: 'Postgres' });
}
