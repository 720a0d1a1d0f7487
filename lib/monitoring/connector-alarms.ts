// All alarms of a connector, by its kind.
import type { AlarmPlan } from './alarm-plan';
import type { ConnectorFacts } from './facts';
import type { MonitoringStackProps } from './monitored';
import { sinkAlarms } from './sink-alarms';
import { sourceAlarms } from './source-alarms';
import { triggerAlarms } from './trigger-alarms';

export function connectorAlarms(
  connector: ConnectorFacts,
  cluster: MonitoringStackProps['cluster'],
): readonly AlarmPlan[] {
  switch (connector.kind) {
    case 'source':
      return sourceAlarms(connector);
    case 'processor':
      return triggerAlarms(connector, cluster);
    case 'sink':
      return [...triggerAlarms(connector, cluster), ...sinkAlarms(connector)];
  }
}
