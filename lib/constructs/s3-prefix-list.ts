// The region's list of S3's addresses, which no attribute tells: asked of EC2 at deployment, once for a stack.

import type { Stack } from 'aws-cdk-lib';
import type { AwsCustomResource } from 'aws-cdk-lib/custom-resources';
import { AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { explain } from '../validation';
import { awsCall } from './custom-resource-provider';

const ID = 'S3PrefixList';
const ANSWER = 'PrefixLists.0.PrefixListId';

export function s3PrefixListId(stack: Stack): string {
  const asked = (stack.node.tryFindChild(ID) as AwsCustomResource | undefined) ?? ask(stack);
  return asked.getResponseField(ANSWER);
}

function ask(stack: Stack): AwsCustomResource {
  const asked = awsCall(stack, ID, {
    resourceType: 'Custom::S3PrefixList',
    onUpdate: {
      service: 'EC2',
      action: 'describeManagedPrefixLists',
      parameters: { Filters: [{ Name: 'prefix-list-name', Values: [`com.amazonaws.${stack.region}.s3`] }] },
      physicalResourceId: PhysicalResourceId.fromResponse(ANSWER),
      outputPaths: [ANSWER],
    },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
  explain(asked, 'IAM5[Resource::*]', 'EC2 knows no resource for DescribeManagedPrefixLists.');
  return asked;
}
