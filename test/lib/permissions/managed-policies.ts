// AWS's managed policies that a template may attach, as AWS publishes them (AWS Managed Policy Reference Guide).
import type { JsonObject } from './template';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** By what follows `arn:PARTITION:iam::aws:policy/`. */
const DOCUMENTS: Readonly<Record<string, JsonObject>> = {
  'service-role/AWSLambdaBasicExecutionRole': allowing(LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AWSLambdaVPCAccessExecutionPermissions',
        Effect: 'Allow',
        Action: [
          ...LOGS,
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: '*',
      },
    ],
  },
  'service-role/AWSLambdaMSKExecutionRole': allowing([
    'kafka:DescribeCluster',
    'kafka:DescribeClusterV2',
    'kafka:GetBootstrapBrokers',
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
    ...LOGS,
  ]),
};

function allowing(actions: readonly string[]): JsonObject {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] };
}

/** Throws for one that is not in the table. */
export function managedPolicy(arn: string): JsonObject {
  const document = DOCUMENTS[arn.replace(/^arn:[^:]*:iam::aws:policy\//, '')];
  if (document === undefined) throw new Error(`The managed policy ${arn} is not known: add AWS's document of it`);
  return document;
}
