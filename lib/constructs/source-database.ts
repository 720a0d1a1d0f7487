// A Postgres database as a source uses it, and what its function is granted.
import { Stack } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ENVIRONMENT } from '../../src/names';
import { letOutAnywhere, letThrough } from './network';
import { allow, type PipelineFunction } from './pipeline-function';

export interface SourceDatabase {
  /** Host of the writer. */
  readonly host: string;
  /** Port of the writer, as text: it may be known at deployment only. */
  readonly port: string;
  /** The port for the rules of security groups. */
  readonly portNumber: number;
  /** Of the database. @default none: whoever keeps the database lets the source in */
  readonly securityGroup?: ISecurityGroup;
  /** `cluster-…` or `db-…`, for IAM authentication. @default the source logs in with a password */
  readonly resourceId?: string;
}

/** The source may log in as `user`, with the address in its environment. */
export function grantLogin(step: PipelineFunction, database: SourceDatabase, user: string | undefined): void {
  step.handler.addEnvironment(ENVIRONMENT.databaseHost, database.host);
  step.handler.addEnvironment(ENVIRONMENT.databasePort, database.port);
  letToDatabase(step, database);
  if (database.resourceId === undefined || user === undefined) return;
  const { partition, region, account } = Stack.of(step);
  const dbUser = `arn:${partition}:rds-db:${region}:${account}:dbuser:${database.resourceId}/${user}`;
  allow(step, 'DatabaseLogin', ['rds-db:connect'], [dbUser]);
}

function letToDatabase(step: PipelineFunction, { securityGroup: to, portNumber: port }: SourceDatabase): void {
  const from = step.securityGroup;
  if (from === undefined) return;
  if (to === undefined) letOutAnywhere(step, 'DatabaseOut', from, port, 'Postgres, known by its name alone');
  else letThrough(step, 'Database', { from, to, port, description: 'Postgres' });
}
