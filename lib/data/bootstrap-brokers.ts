// The addresses of a cluster's brokers, which CloudFormation does not tell: asked of MSK at deployment.
import { AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { awsCall } from '../constructs/custom-resource-provider';

const ANSWER = 'BootstrapBrokerStringSaslIam';

/** host:port of those for IAM within the VPC, several with commas. */
export function bootstrapBrokers(scope: Construct, id: string, clusterArn: string): string {
  const found = awsCall(scope, id, {
    resourceType: 'Custom::BootstrapBrokers',
    onUpdate: {
      service: 'Kafka',
      action: 'getBootstrapBrokers',
      parameters: { ClusterArn: clusterArn },
      physicalResourceId: PhysicalResourceId.of(clusterArn),
      outputPaths: [ANSWER],
    },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [clusterArn] }),
  });
  return found.getResponseField(ANSWER);
}
