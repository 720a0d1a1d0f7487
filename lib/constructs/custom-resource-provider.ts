// The CDK's framework around a function that answers CloudFormation, and the exceptions that the framework needs.
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, type AwsCustomResourceProps, Provider } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { BASIC_EXECUTION_ROLE, explain, explainWildcards } from '../validation';

const FRAMEWORK =
  "The CDK's own function: AWSLambdaBasicExecutionRole is all that it has beside the right to invoke one function.";

/** The framework's function stands outside of the VPC and answers CloudFormation: `handler` needs no way there. */
export function customResourceProvider(scope: Construct, id: string, handler: IFunction): Provider {
  const provider = new Provider(scope, id, {
    onEventHandler: handler,
    logGroup: new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  explain(provider, BASIC_EXECUTION_ROLE, FRAMEWORK);
  explainWildcards(provider, [
    { wildcard: /Function.*\.Arn>:\*$/, reason: 'Any version of the one function that it calls.' },
  ]);
  return provider;
}

/** The CDK names the function that makes its AWS calls so, one for a stack. */
const CALLER = 'AWS679f53fac002430cb0da5b7982bd2287';

/** One AWS call at deployment, by the CDK's own function. */
export function awsCall(scope: Construct, id: string, props: AwsCustomResourceProps): AwsCustomResource {
  const logGroupId = 'AwsCallsLog';
  const stack = Stack.of(scope);
  const logGroup =
    (stack.node.tryFindChild(logGroupId) as LogGroup | undefined) ??
    new LogGroup(stack, logGroupId, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  const call = new AwsCustomResource(scope, id, { ...props, logGroup, installLatestAwsSdk: false });
  const caller = stack.node.tryFindChild(CALLER);
  if (caller !== undefined) explain(caller, BASIC_EXECUTION_ROLE, FRAMEWORK);
  return call;
}
