// What the triggers cost: endpoints for pollers on demand, or units of pollers in provisioned mode.
import type { PipelineConfig } from '../../src/config/pipeline-model';
import type { Settings } from '../deployment/settings';
import { eventBytes, type Reader } from './events';
import { costs, factor, free, type Item, type Term } from './item';
import { type Load, MONTH, rowsOf } from './load';
import { PRICES } from './prices';

const POLLERS_PER_UNIT = 10;
const KNOBS = ['connectless.trigger.pollers', 'connectless.zones'];

export function triggerItems(
  { connectors }: Pick<PipelineConfig, 'connectors'>,
  { vpc, zones }: Pick<Settings, 'vpc' | 'zones'>,
  load: Load,
): readonly Item[] {
  const readers = connectors.filter((connector): connector is Reader => connector.kind !== 'source');
  const onDemand = readers.filter(({ trigger }) => trigger.pollers === undefined);
  const units = Math.ceil(pollersOf(readers) / POLLERS_PER_UNIT);
  return [
    onDemand.length === 0 || vpc !== undefined
      ? free(
          'triggers: endpoints',
          onDemand.length === 0 ? 'none' : 'your VPC has its own way to Lambda and STS',
          KNOBS,
        )
      : costs('triggers: endpoints', [...endpointHours(zones), ...endpointData(onDemand.length, load)], KNOBS),
    costs(
      'triggers: pollers',
      [{ factors: [factor(units, 'EPU'), factor(MONTH.hours, 'hours')], price: PRICES.eventPollerUnit }],
      KNOBS,
    ),
  ];
}

/** Of `lambda` and `sts`. */
function endpointHours(zones: number): readonly Term[] {
  const factors = [factor(2, 'endpoints'), factor(zones, 'zones'), factor(MONTH.hours, 'hours')];
  return [{ factors, price: PRICES.endpointHour }];
}

/** Events go through Lambda's. */
function endpointData(readers: number, load: Load): readonly Term[] {
  const gigabytes = (rowsOf(load) * eventBytes(load)) / 1e9;
  return [{ factors: [factor(readers, 'triggered connectors'), factor(gigabytes, 'GB')], price: PRICES.endpointGb }];
}

/** A topic has a trigger of its own; all share one group. The least, which is always there. */
function pollersOf(readers: readonly Reader[]): number {
  return readers.reduce((sum, { topics, trigger }) => sum + topics.length * (trigger.pollers?.min ?? 0), 0);
}
