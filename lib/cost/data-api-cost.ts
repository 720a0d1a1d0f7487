// What the RDS Data API costs: its calls, the endpoint that leads to it, and the secret of its user.
import type { SourceConfig } from '../../src/config/source-model';
import { callsDataApi, type Decisions, dataApiDatabases } from '../deployment/decisions';
import type { Settings } from '../deployment/settings';
import { ASSUMED } from './assumptions';
import { costs, factor, type Item, type Term } from './item';
import { gigabytesOf, type Load, MONTH } from './load';
import { PRICES } from './prices';

/** A call's data is counted by these. */
const CALL_GB = 32 * 1024 * 1e-9;

/** `polls` of tables, and `pages`, a month's. */
export function dataApiCallItem(
  { name }: SourceConfig,
  { polls, pages }: { readonly polls: number; readonly pages: number },
  load: Load,
): Item {
  const asCalls = Math.max(pages, gigabytesOf(load) / CALL_GB);
  const terms: readonly Term[] = [
    { factors: [factor(polls, 'polls'), factor(ASSUMED.dataApiPoll.value, 'calls')], price: PRICES.dataApiCall },
    { factors: [factor(asCalls, 'calls for rows')], price: PRICES.dataApiCall },
  ];
  return costs(`source ${name}: Data API`, terms, ['connection.url', 'poll.interval.ms', 'batch.max.rows']);
}

/** None where nobody calls it. */
export function dataApiItems(decisions: Pick<Decisions, 'databases'>, { vpc, zones }: Settings): readonly Item[] {
  if (![...decisions.databases.values()].some(callsDataApi)) return [];
  const secrets = dataApiDatabases(decisions).length === 0 ? 0 : 1;
  const hours = [factor(vpc === undefined ? zones : 0, 'zones'), factor(MONTH.hours, 'hours')];
  const terms: readonly Term[] = [
    { factors: hours, price: PRICES.endpointHour },
    { factors: [factor(secrets, "secret of its user's password")], price: PRICES.secret },
  ];
  return [costs('Data API: endpoint and user', terms, ['connection.url', 'connectless.zones'])];
}
