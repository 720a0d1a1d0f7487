// The secrets that a property file refers to, `${secretsmanager:SECRET:KEY}`: the function may read these and no others.
import { Stack } from 'aws-cdk-lib';
import type { DeployedSecret } from '../deployment/secrets';
import { letOutAnywhere } from './network';
import { allow, type PipelineFunction } from './pipeline-function';

export function grantSecrets(step: PipelineFunction, secrets: readonly DeployedSecret[]): void {
  if (secrets.length === 0) return;
  const { partition, region: own, account } = Stack.of(step);
  const arnOf = ({ secret, region = own }: DeployedSecret) =>
    // A secret's ARN ends in six characters that its name does not tell.
    secret.startsWith('arn:') ? secret : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`;
  if (step.securityGroup !== undefined) {
    letOutAnywhere(step, 'SecretsOut', step.securityGroup, 443, 'Secrets Manager, as the VPC routes it');
  }
  allow(step, 'Secrets', ['secretsmanager:GetSecretValue'], secrets.map(arnOf));
}
