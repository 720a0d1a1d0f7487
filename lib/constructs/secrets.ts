// The secrets that a property file refers to, `${secretsmanager:SECRET:KEY}`: the function may read these and no others.
import { Stack } from 'aws-cdk-lib';
import { allow, type PipelineFunction } from './pipeline-function';

/** Names or ARNs. */
export function grantSecrets(step: PipelineFunction, secrets: readonly string[]): void {
  if (secrets.length === 0) return;
  const { partition, region, account } = Stack.of(step);
  const arnOf = (secret: string) =>
    // A secret's ARN ends in six characters that its name does not tell.
    secret.startsWith('arn:') ? secret : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`;
  allow(step, 'Secrets', ['secretsmanager:GetSecretValue'], secrets.map(arnOf));
}
