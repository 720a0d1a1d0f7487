// What stands in the way of a source on AWS although its file is valid.
import type { PostgresConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { Fault, Problem } from '../../src/config/report';
import type { DataApiConfig, SourceConfig } from '../../src/config/source-model';
import { isToBeMade } from './address';
import type { Settings } from './settings';

type Deployment = Pick<Settings, 'vpc' | 'database'>;

export function databaseFaults(
  sources: readonly SourceConfig[],
  settings: Deployment,
  fileOf: (connector: ConnectorConfig) => string,
): Fault[] {
  return sources.flatMap((source) => {
    const { database } = source;
    const problems =
      'clusterArn' in database ? dataApiProblems(database, settings) : postgresProblems(database, settings);
    return problems.map((problem) => ({ file: fileOf(source), property: 'connection.url', ...problem }));
  });
}

function postgresProblems({ host, iam }: PostgresConfig, { vpc, database }: Deployment): Problem[] {
  if (isToBeMade(host)) return [];
  const problems: Problem[] = [];
  if (iam !== undefined && database.resourceId === undefined) {
    const what = 'asks for IAM authentication, which is granted by the resource id of the database';
    problems.push({ what, write: 'add connectless.database.resource.id (cluster-… or db-…) to cdk.json' });
  }
  if (vpc === undefined) {
    const what = 'names a database that exists, and the VPC that is made has no way to it';
    const write = 'name its VPC as connectless.vpc.id in cdk.json, or write localhost to have a database made';
    problems.push({ what, write });
  }
  return problems;
}

/** An endpoint leads from any VPC to the Data API, and it to the cluster: only which cluster it is matters. */
function dataApiProblems({ clusterArn, secretArn }: DataApiConfig, { database }: Deployment): Problem[] {
  const namesSecret = !isToBeMade(secretArn);
  if (!isToBeMade(clusterArn)) {
    if (namesSecret) return [];
    const what = 'names a cluster that exists, and no secret with the user and password of its reader';
    return [{ what, write: 'add ?secretArn=arn:aws:secretsmanager:… to it' }];
  }
  const problems: Problem[] = [];
  if (namesSecret) {
    const what = 'names a secret for a cluster that is made, with a user and a secret of its own';
    problems.push({ what, write: "take secretArn out, or name the secret's cluster" });
  }
  if (database.engine === 'rds') {
    const { instanceType } = database;
    const tClass = /^t\d/.test(instanceType) ? `, nor has any instance of a T class, such as db.${instanceType}` : '';
    const what = `asks for the Data API, which RDS for PostgreSQL does not have (connectless.database.engine=rds)${tClass}`;
    const write = 'write jdbc:postgresql://localhost/…, or connectless.database.engine=aurora in cdk.json';
    problems.push({ what, write });
  }
  return problems;
}
