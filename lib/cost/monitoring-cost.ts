// What the monitoring costs: metrics, one dashboard, alarms and the key of their topic.
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import { METRICS } from '../../src/names';
import { flushMinutes } from '../deployment/schedules';
import type { Settings } from '../deployment/settings';
import { triggeredTopics } from '../deployment/topics';
import type { AlarmPlan } from '../monitoring/alarm-plan';
import type { ConnectorFacts } from '../monitoring/facts';
import { sharedAlarms } from '../monitoring/shared-alarms';
import { sinkAlarms } from '../monitoring/sink-alarms';
import { sourceAlarms } from '../monitoring/source-alarms';
import { triggerAlarms } from '../monitoring/trigger-alarms';
import { costs, factor, type Item } from './item';
import { PRICES } from './prices';

export function monitoringItems(
  connectors: readonly ConnectorConfig[],
  { cluster }: Pick<Settings, 'cluster'>,
  makesRegistry: boolean,
): readonly Item[] {
  const metrics = connectors.reduce((sum, { kind }) => sum + metricsOf(kind), 0);
  const alarms = alarmMetrics(connectors, { name: '', type: cluster.type }, makesRegistry);
  return [
    costs('metrics', [{ factors: [factor(metrics, 'metrics')], price: PRICES.metric }]),
    costs('dashboard and alarms', [
      { factors: [factor(1, 'dashboard')], price: PRICES.dashboard },
      { factors: [factor(alarms, 'metrics of alarms')], price: PRICES.alarmMetric },
      { factors: [factor(1, 'key of their topic')], price: PRICES.kmsKey },
    ]),
  ];
}

/** Its own, and those of the state: all that a function may say. A metric costs by the hours in which it is said. */
function metricsOf(kind: ConnectorConfig['kind']): number {
  return Object.keys(METRICS).filter((name) => name.startsWith(kind) || name.startsWith('state')).length;
}

/** An alarm costs by the metrics that it looks at. */
function alarmMetrics(
  connectors: readonly ConnectorConfig[],
  cluster: { readonly name: string; readonly type: 'provisioned' | 'serverless' },
  makesRegistry: boolean,
): number {
  const plans = [
    ...connectors.flatMap((connector) => plansOf(factsOf(connector), cluster)),
    ...sharedAlarms({ cluster, ...(makesRegistry ? { registry: { apiId: '' } } : {}) }),
  ];
  return plans.reduce((sum, { watches }) => sum + ('using' in watches ? Object.keys(watches.using).length : 1), 0);
}

function plansOf(facts: ConnectorFacts, cluster: Parameters<typeof triggerAlarms>[1]): readonly AlarmPlan[] {
  if (facts.kind === 'source') return sourceAlarms(facts);
  return [...triggerAlarms(facts, cluster), ...(facts.kind === 'sink' ? sinkAlarms(facts) : [])];
}

function factsOf(connector: ConnectorConfig): ConnectorFacts {
  const { kind, name, deployment } = connector;
  return {
    kind,
    name,
    functionName: '',
    timeoutMs: deployment.timeoutMs,
    ...(connector.kind === 'source' ? { pollIntervalMs: connector.pollIntervalMs } : {}),
    ...(connector.kind === 'sink' ? { flushMinutes: flushMinutes(connector) } : {}),
    reads: connector.kind === 'source' ? [] : triggeredTopics(connector),
  };
}
