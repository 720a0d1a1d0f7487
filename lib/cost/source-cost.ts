// What a source costs.
import type { SourceConfig } from '../../src/config/source-model';
import { namedTables } from '../deployment/source-topics';
import { ASSUMED, processorSeconds } from './assumptions';
import { dataApiCallItem } from './data-api-cost';
import { costs } from './item';
import { lambdaTerms } from './lambda';
import { type Load, rowsOf } from './load';
import { sourceRuns } from './source-runs';
import { sourceRequests, stateTerms } from './state-requests';
import type { StepCost } from './step-cost';

/** How many; where only the database knows, and of a query, one. */
export function tablesOf({ tables }: Pick<SourceConfig, 'tables'>): number {
  return namedTables(tables)?.length ?? 1;
}

/** `registryEntries` of the built-in registry. */
export function sourceCost(source: SourceConfig, load: Load, registryEntries: number | undefined): StepCost {
  const { invocations, pollingSeconds, polls } = sourceRuns(source);
  const { name, deployment, batchMaxRows } = source;
  const tables = tablesOf(source);
  const rows = rowsOf(load);
  const drains = Math.min(rows, polls * tables);
  const pagesEach = drains === 0 ? 0 : Math.ceil(rows / drains / batchMaxRows);
  // Polls wait for rows, so their work takes time only where an invocation would have ended.
  const work = pollingSeconds > 0 ? 0 : processorSeconds(rows / invocations, ASSUMED.copiedRecord, deployment.memoryMb);
  const seconds = Math.min(deployment.timeoutMs / 1000, pollingSeconds + ASSUMED.sourceStart.value + work);
  const items = [
    costs(`source ${name}`, lambdaTerms(invocations, seconds, deployment.memoryMb), [
      'poll.interval.ms',
      'connectless.function.memory.mb',
      'connectless.function.timeout.ms',
    ]),
    costs(
      `source ${name}: state`,
      stateTerms(
        sourceRequests({
          invocations,
          tables,
          drains,
          pagesEach,
          ...(registryEntries === undefined ? {} : { registryEntries }),
        }),
      ),
      ['poll.interval.ms', 'batch.max.rows', 'table.whitelist'],
    ),
    ...('clusterArn' in source.database
      ? [dataApiCallItem(source, { polls: polls * tables, pages: drains * pagesEach }, load)]
      : []),
  ];
  return { items, bySchedule: { of: `source ${name}`, count: invocations } };
}
