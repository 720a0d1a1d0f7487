// The databases of a pipeline's sources: what each source is given to reach its own, and what it waits for.
import { InterfaceVpcEndpointAwsService, type ISecurityGroup, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import type { SourceConfig } from '../../src/config/source-model';
import type { SourceDatabase } from '../constructs/source-database';
import { makeDataApiReader } from '../data/bootstrap-aurora';
import type { MadeDatabase } from '../data/database';
import { makeEndpoint } from '../data/network';
import { callsDataApi, type DatabaseDecision, dataApiDatabases } from '../deployment/decisions';
import type { Plan } from '../deployment/plan';

export interface ReadableDatabase {
  readonly database: SourceDatabase;
  /** Before these the source cannot read. */
  readonly after: readonly IDependable[];
}

interface Given {
  readonly plan: Plan;
  readonly vpc: IVpc;
  /** Absent: none was made. */
  readonly made: MadeDatabase | undefined;
}

/**
 * The Data API's user and endpoint stand with the pipeline: nothing of the stacks below is imported for them that these might take away
 * when the last source that calls it goes.
 */
export function sourceDatabases(scope: Construct, given: Given): (source: SourceConfig) => ReadableDatabase {
  const { databases } = given.plan.decisions;
  const endpoint = dataApiEndpoint(scope, given);
  const made = madeDatabase(scope, given, endpoint);
  return ({ name }) => {
    const decision = databases.get(name);
    if (decision?.kind !== 'use') return made();
    return { database: existingDatabase(scope, name, decision, given, endpoint), after: [] };
  };
}

/** Where the VPC is somebody's own, its routes lead to the Data API, or do not. */
function dataApiEndpoint(scope: Construct, { plan, vpc }: Given): ISecurityGroup | undefined {
  const isCalled = [...plan.decisions.databases.values()].some(callsDataApi);
  if (!isCalled || plan.settings.vpc !== undefined) return undefined;
  return makeEndpoint(scope, 'DataApiEndpoint', vpc, InterfaceVpcEndpointAwsService.RDS_DATA);
}

function madeDatabase(
  scope: Construct,
  { plan, made }: Given,
  endpoint: ISecurityGroup | undefined,
): () => ReadableDatabase {
  const names = dataApiDatabases(plan.decisions);
  if (made?.aurora === undefined || names.length === 0) {
    return () => {
      if (made === undefined) throw new TypeError('The plan makes a database, and there is no DataStack');
      return { database: made, after: [] };
    };
  }
  const { clusterArn } = made.aurora;
  const reader = makeDataApiReader(scope, 'DataApiUser', made.aurora, names, plan.functions['data-api-user']);
  const { secretArn } = reader.secret;
  const dataApi = { clusterArn, secretArn, ...(endpoint === undefined ? {} : { endpoint }) };
  return () => ({ database: { ...made, dataApi }, after: reader.ready });
}

function existingDatabase(
  scope: Construct,
  name: string,
  decision: DatabaseDecision,
  { plan }: Given,
  endpoint: ISecurityGroup | undefined,
): SourceDatabase {
  if (callsDataApi(decision)) return { dataApi: endpoint === undefined ? {} : { endpoint } };
  const { securityGroupId, resourceId } = plan.settings.database;
  return {
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(securityGroupId === undefined
      ? {}
      : { securityGroup: SecurityGroup.fromSecurityGroupId(scope, `database-${name}`, securityGroupId) }),
  };
}
