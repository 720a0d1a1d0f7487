// A Postgres database as a source uses it, and what its function is granted.
import { Stack } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { PostgresConfig } from '../../src/config/model';
import type { DataApiConfig, SourceConfig } from '../../src/config/source-model';
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
  /** Of a source whose `connection.url` asks for the Data API. @default what connection.url says, by the ways of the VPC */
  readonly dataApi?: DataApiAccess;
}

/** An Aurora cluster through the RDS Data API. */
interface DataApiAccess {
  /** Where `connection.url` names a placeholder. @default the cluster of connection.url */
  readonly clusterArn?: string;
  /** Of the secret with the reader's user and password, where `clusterArn` is given. @default the secret of connection.url */
  readonly secretArn?: string;
  /** Of the VPC's endpoint for `rds-data`. @default the VPC routes to it */
  readonly endpoint?: ISecurityGroup;
}

/** The source may read its database. Throws CONFIG_INVALID where nobody says where that is. */
export function grantDatabase(
  step: PipelineFunction,
  config: SourceConfig,
  given: SourceDatabase,
  user: string | undefined,
): void {
  const { name, database } = config;
  if ('clusterArn' in database) grantDataApi(step, name, database, given.dataApi ?? {});
  else grantLogin(step, name, database, given, user);
}

/** Calls wait for one another, and a look at the fence is a transaction. The Data API reads the secret with the rights of its caller. */
const DATA_API = ['ExecuteStatement', 'BeginTransaction', 'CommitTransaction', 'RollbackTransaction'];

function grantDataApi(step: PipelineFunction, name: string, named: DataApiConfig, given: DataApiAccess): void {
  const { clusterArn, secretArn } = isToBeMade(named.clusterArn) ? given : named;
  if (clusterArn === undefined || secretArn === undefined) {
    const message = `${name}: connection.url: names no cluster that exists (${named.clusterArn}): write its ARN and ?secretArn=…, or give the source its database's dataApi.`;
    throw new ConnectlessError('CONFIG_INVALID', message);
  }
  step.handler.addEnvironment(ENVIRONMENT.databaseClusterArn, clusterArn);
  step.handler.addEnvironment(ENVIRONMENT.databaseSecretArn, secretArn);
  const actions = DATA_API.map((action) => `rds-data:${action}`);
  allow(step, 'DataApi', actions, [clusterArn]);
  allow(step, 'DataApiLogin', ['secretsmanager:GetSecretValue'], [secretArn]);
  letToDataApi(step, given.endpoint);
}

function letToDataApi(step: PipelineFunction, to: ISecurityGroup | undefined): void {
  const from = step.securityGroup;
  if (from === undefined) return;
  const [port, description] = [443, 'RDS Data API'];
  if (to === undefined) letOutAnywhere(step, 'DataApiOut', from, port, `${description}, as the VPC routes it`);
  else letThrough(step, 'DataApi', { from, to, port, description });
}

/** As `user`, with the address in its environment. */
function grantLogin(
  step: PipelineFunction,
  name: string,
  postgres: PostgresConfig,
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
function addressOf(name: string, { host, port }: PostgresConfig, given: SourceDatabase) {
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
