// What a source costs.
import type { SourceConfig } from '../../src/config/source-model';
import { ASSUMED, processorSeconds } from './assumptions';
import { costs } from './item';
import { lambdaTerms } from './lambda';
import { type Load, rowsOf } from './load';
import { sourceRuns } from './source-runs';
import { sourceRequests, stateTerms } from './state-requests';
import type { StepCost } from './step-cost';

/** `registryEntries` of the built-in registry. */
export function sourceCost(source: SourceConfig, load: Load, registryEntries: number | undefined): StepCost {
  const { invocations, pollingSeconds, polls } = sourceRuns(source);
  const { name, deployment, batchMaxRows } = source;
  const tables = source.tables?.length ?? 1;
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
  ];
  return { items, bySchedule: { of: `source ${name}`, count: invocations } };
}
