// The alarms of what connectors share: the brokers, the registry.
import { type AlarmPlan, IDLE_IS_FINE, lasting } from './alarm-plan';
import type { MonitoringStackProps } from './monitored';
import { api, kafkaCluster } from './series';

export function sharedAlarms({
  cluster,
  registry,
}: Pick<MonitoringStackProps, 'cluster'> & { readonly registry?: { readonly apiId: string } }): readonly AlarmPlan[] {
  return [
    // Serverless has no disk of its own.
    ...(cluster?.type === 'provisioned' ? [brokersDisk(cluster)] : []),
    ...(registry === undefined ? [] : [registryFails(registry.apiId)]),
  ];
}

function brokersDisk(cluster: NonNullable<MonitoringStackProps['cluster']>): AlarmPlan {
  return {
    runbook: 'brokers-disk',
    says: 'The disk of a broker fills up: when it is full, the broker stops.',
    watches: kafkaCluster('KafkaDataLogsDiskUsed', cluster),
    comparison: '>=',
    threshold: 80,
    span: lasting(),
    silence: { is: 'missing', because: 'brokers say it every minute: silence is neither full nor fine' },
  };
}

/** Our client tries a request five times in a few seconds, so five are one that failed for good. */
function registryFails(apiId: string): AlarmPlan {
  return {
    runbook: 'registry-5xx',
    says: 'The schema registry answers requests with 5xx.',
    watches: api('5xx', apiId, 'Sum'),
    comparison: '>=',
    threshold: 5,
    span: { periodMinutes: 5, periods: 1, breaching: 1 },
    silence: IDLE_IS_FINE,
  };
}
