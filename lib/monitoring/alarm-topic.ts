// Where all alarms go: a topic that is encrypted, that only TLS reaches, and that this account's alarms may publish to.
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** With SNS's own key, CloudWatch may not publish: no policy of that key can be changed. */
export function alarmTopic(scope: Construct, id: string, email?: string): Topic {
  const key = new Key(scope, `${id}Key`, { description: 'Encrypts alarms on their way', enableKeyRotation: true });
  key.addToResourcePolicy(forAlarms(scope, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
  const topic = new Topic(scope, id, { displayName: 'Connectless alarms', masterKey: key, enforceSSL: true });
  topic.addToResourcePolicy(forAlarms(scope, ['sns:Publish'], topic.topicArn));
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

function forAlarms(scope: Construct, actions: string[], resource: string): PolicyStatement {
  const stack = Stack.of(scope);
  const alarms = Arn.format(
    { service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    stack,
  );
  return new PolicyStatement({
    sid: 'AlarmsOfThisAccount',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': alarms } },
  });
}
