// The one call that nothing here can record: RDS itself asks IAM when a token is its password, and the local Postgres takes none.

import type { DeployedFunction } from '../../lib/permissions/deployed-functions';
import type { Call } from '../../lib/permissions/evaluator';
import type { Resolve } from '../../lib/permissions/resolver';
import { resourceOf, type Stacks, textOf } from '../../lib/permissions/template';

/** As the deployed file says it: who logs in where. Throws when it does not log in by IAM. */
export function databaseLogin({ files, environment }: DeployedFunction, stacks: Stacks, resolve: Resolve): Call {
  const url = /^connection\.url=(.*)$/m.exec(files['connector.properties'] ?? '')?.[1]?.replaceAll('\\', '') ?? '';
  const user = /[?&]user=([^&]+)/.exec(url)?.[1];
  const { stack, id } = resourceOf(stacks, 'AWS::RDS::DBCluster');
  const of = (attribute: string) => textOf(resolve(stack, { 'Fn::GetAtt': [id, attribute] }));
  if (user === undefined || !url.includes('wrapperPlugins=iam')) throw new Error(`No login by IAM: ${url}`);
  if (environment.CONNECTLESS_DATABASE_HOST !== of('Endpoint.Address'))
    throw new Error('The source reads another database');
  const prefix = textOf(
    resolve(stack, { 'Fn::Sub': `arn:\${AWS::Partition}:rds-db:\${AWS::Region}:\${AWS::AccountId}` }),
  );
  return { action: 'rds-db:connect', resource: `${prefix}:dbuser:${of('DBClusterResourceId')}/${user}` };
}
