// Where all alarms go: a topic that is encrypted, that only TLS reaches, and that this account's alarms may publish to.
import { Arn, ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

const ALARMS = new ServicePrincipal('cloudwatch.amazonaws.com');

/** Its key is its own: with SNS's, CloudWatch may not publish, and nobody can change the policy of that one. */
export function alarmTopic(scope: Construct, id: string, email?: string): Topic {
  const topic = new Topic(scope, id, {
    displayName: 'Connectless alarms',
    masterKey: alarmKey(scope, `${id}Key`),
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [ALARMS],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
        ArnLike: { 'aws:SourceArn': anyAlarm(scope) },
      },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

/** Without conditions: it opens nothing but this topic, and an alarm that may not use it is lost without a word. */
function alarmKey(scope: Construct, id: string): Key {
  const key = new Key(scope, id, {
    description: 'Encrypts alarms on their way',
    enableKeyRotation: true,
    // Nothing that is kept is encrypted with it.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Alarms',
      principals: [ALARMS],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  return key;
}

function anyAlarm(scope: Construct): string {
  const { COLON_RESOURCE_NAME: arnFormat } = ArnFormat;
  return Arn.format({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat }, Stack.of(scope));
}
