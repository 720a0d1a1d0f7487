// What MSK Connect costs for the same sources and sinks.
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import { connectFileRequests } from './file-requests';
import { costs, factor, type Item } from './item';
import { type Load, MONTH } from './load';
import { PRICES } from './prices';
import { filesOf } from './sink-cost';

/** One MCU, the least, for each connector; Kafka Connect has none like our processor. */
export function connectItems(connectors: readonly ConnectorConfig[], load: Load): readonly Item[] {
  const theirs = connectors.filter(({ kind }) => kind !== 'processor');
  const units = [factor(theirs.length, 'connectors'), factor(1, 'MCU'), factor(MONTH.hours, 'hours')];
  return [
    costs('MSK Connect: workers', [{ factors: units, price: PRICES.connectUnit }]),
    costs(
      'MSK Connect: files',
      theirs.flatMap((connector) => {
        if (connector.kind !== 'sink') return [];
        const { count, bytesEach } = filesOf(connector, load);
        const requestsEach = connectFileRequests(bytesEach, connector.partSize);
        return [{ factors: [factor(count, 'files'), factor(requestsEach, 'PUT')], price: PRICES.s3Put }];
      }),
    ),
  ];
}

/** For what its workers reach outside of the VPC: a registry, Secrets Manager. One a zone; what goes through it is little. */
export function natItem(zones: number): Item {
  const factors = [factor(zones, 'zones'), factor(MONTH.hours, 'hours')];
  return costs('NAT gateways', [{ factors, price: PRICES.natHour }]);
}
