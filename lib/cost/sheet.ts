// The bill of a pipeline in a month: what Connectless adds, what is paid anyway, and what MSK Connect would add instead.
import type { ConnectorConfig, PipelineConfig } from '../../src/config/pipeline-model';
import type { Decisions } from '../deployment/decisions';
import { withMatchedTopics } from '../deployment/matched-topics';
import type { Settings } from '../deployment/settings';
import { ASSUMED } from './assumptions';
import { connectItems, natItem } from './connect-cost';
import { dataApiItems } from './data-api-cost';
import { dataItems } from './data-cost';
import { costs, factor, type Item } from './item';
import { lambdaTerms } from './lambda';
import type { Load } from './load';
import { monitoringItems } from './monitoring-cost';
import { PRICES } from './prices';
import { processorCost } from './processor-cost';
import { sinkCost } from './sink-cost';
import { sourceCost, tablesOf } from './source-cost';
import type { Invocations, StepCost } from './step-cost';
import { triggerItems } from './trigger-cost';

export interface Deployment {
  readonly pipeline: PipelineConfig;
  readonly settings: Settings;
  readonly decisions: Decisions;
}

export interface Sheet {
  readonly load: Load;
  readonly connectless: readonly Item[];
  /** Brokers and database, where the deployment makes them. */
  readonly anyway: readonly Item[];
  readonly connect: readonly Item[];
  readonly nat: Item;
}

export function sheetOf({ pipeline: written, settings, decisions }: Deployment, load: Load): Sheet {
  const pipeline = withMatchedTopics(written);
  const { connectors } = pipeline;
  const makesRegistry = decisions.registry.kind === 'make';
  const steps = connectors.map((connector) => stepCost(connector, pipeline, decisions, load));
  return {
    load,
    connectless: [
      ...steps.flatMap(({ items }) => items),
      ...triggerItems(pipeline, settings, load),
      ...dataApiItems(decisions, settings),
      ...(makesRegistry ? [registryItem()] : []),
      scheduleItem(steps),
      logsItem(steps),
      ...monitoringItems(connectors, settings, makesRegistry),
    ],
    anyway: dataItems(pipeline, settings, decisions, load),
    connect: connectItems(connectors, load),
    nat: natItem(settings.vpc?.subnetIds.length ?? settings.zones),
  };
}

function stepCost(
  connector: ConnectorConfig,
  pipeline: PipelineConfig,
  { registry, state }: Decisions,
  load: Load,
): StepCost {
  switch (connector.kind) {
    case 'source':
      return sourceCost(connector, load, registry.kind === 'make' ? schemasOf(pipeline) : undefined);
    case 'processor':
      return processorCost(connector, pipeline, load);
    case 'sink':
      return sinkCost(connector, pipeline, load, state.kind === 'make');
  }
}

/** One for each topic that is written. */
function schemasOf({ connectors }: PipelineConfig): number {
  return connectors.reduce((sum, connector) => {
    if (connector.kind === 'sink') return sum;
    return sum + (connector.kind === 'source' ? tablesOf(connector) : 1);
  }, 0);
}

function scheduleItem(steps: readonly StepCost[]): Item {
  const terms = definedOf(steps.map(({ bySchedule }) => bySchedule)).map(({ of, count }) => ({
    factors: [factor(count, `starts of ${of}`)],
    price: PRICES.schedule,
  }));
  return costs('schedules', terms, ['poll.interval.ms']);
}

function logsItem(steps: readonly StepCost[]): Item {
  const all = definedOf(steps.flatMap(({ bySchedule, byTrigger }) => [bySchedule, byTrigger]));
  const invocations = all.reduce((sum, { count }) => sum + count, 0);
  const factors = [factor(invocations, 'invocations'), factor(ASSUMED.logged.value / 1e9, 'GB')];
  return costs(
    'logs',
    [{ factors, price: PRICES.logsGb }],
    ['connectless.trigger.batch.window.ms', 'poll.interval.ms'],
  );
}

function definedOf(invocations: readonly (Invocations | undefined)[]): readonly Invocations[] {
  return invocations.filter((one) => one !== undefined);
}

const REGISTRY_MB = 512;

function registryItem(): Item {
  const { value: calls } = ASSUMED.registryCalls;
  return costs('registry', [
    ...lambdaTerms(calls, ASSUMED.eventWait.value, REGISTRY_MB),
    { factors: [factor(calls, 'requests')], price: PRICES.httpApi },
  ]);
}
