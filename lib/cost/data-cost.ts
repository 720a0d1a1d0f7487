// What the brokers and the database cost, which are there with Kafka Connect as well.
import type { PipelineConfig } from '../../src/config/pipeline-model';
import { hostOf, isToBeMade } from '../deployment/address';
import type { DatabaseDecision, Decisions } from '../deployment/decisions';
import type { Settings } from '../deployment/settings';
import { plannedTopics } from '../deployment/topics';
import { costs, factor, free, type Item, type Term, unknown } from './item';
import { gigabytesOf, type Load, MONTH } from './load';
import { BROKER_PRICES, PRICES, RDS_PRICES } from './prices';

const hours = factor(MONTH.hours, 'hours');

export function dataItems(
  pipeline: PipelineConfig,
  settings: Settings,
  { cluster, databases }: Pick<Decisions, 'cluster' | 'databases'>,
  load: Load,
): readonly Item[] {
  const made = [...databases.values()].find(({ kind }) => kind === 'make');
  return [
    ...(cluster.kind === 'make' && !namesBrokers(pipeline) ? [clusterItem(pipeline, settings, load)] : []),
    ...(made === undefined ? [] : [databaseItem(made, settings)]),
  ];
}

/** They exist, although no setting says yet where. */
function namesBrokers({ worker }: PipelineConfig): boolean {
  return !worker.kafka.brokers.some((broker) => isToBeMade(hostOf(broker)));
}

function clusterItem(pipeline: Pick<PipelineConfig, 'connectors'>, settings: Settings, load: Load): Item {
  return settings.cluster.type === 'serverless' ? serverless(pipeline, load) : provisioned(settings);
}

function provisioned({ cluster, zones, vpc }: Settings): Item {
  const { instanceType, storageGib } = cluster;
  const brokers = factor(vpc?.subnetIds.length ?? zones, 'brokers');
  const what = `MSK, ${brokers.amount} × ${instanceType}`;
  const knobs = ['connectless.cluster.instance.type', 'connectless.cluster.storage.gib', 'connectless.zones'];
  const price = BROKER_PRICES[instanceType];
  if (price === undefined) return unknown(what, `the price of ${instanceType} is not known here`, knobs);
  const storage: Term = { factors: [brokers, factor(storageGib, 'GB')], price: PRICES.mskStorage };
  return costs(what, [{ factors: [brokers, hours], price }, storage], knobs);
}

const KEPT_DAYS = 7;

/** Each record goes in where a source or processor writes it, and out to each that reads it; a week's records are kept. */
function serverless({ connectors }: Pick<PipelineConfig, 'connectors'>, load: Load): Item {
  const partitions = plannedTopics(connectors).reduce((sum, topic) => sum + (topic.partitions ?? 1), 0);
  const written = connectors.filter(({ kind }) => kind !== 'sink').length * gigabytesOf(load);
  const read = connectors.filter(({ kind }) => kind !== 'source').length * gigabytesOf(load);
  const terms: readonly Term[] = [
    { factors: [hours], price: PRICES.serverlessCluster },
    { factors: [factor(partitions, 'partitions'), hours], price: PRICES.serverlessPartition },
    { factors: [factor(written, 'GB')], price: PRICES.serverlessIn },
    { factors: [factor(read, 'GB')], price: PRICES.serverlessOut },
    { factors: [factor((written * KEPT_DAYS) / MONTH.days, 'GB')], price: PRICES.mskStorage },
  ];
  return costs('MSK Serverless', terms, ['connectless.cluster.type', 'topic.creation.default.partitions']);
}

/** What CDK and RDS take for an instance that says nothing of its disk. */
const RDS_GB = 100;
const AURORA_LEAST_UNITS = 0.5;

function databaseItem(decision: DatabaseDecision, { database }: Settings): Item {
  const secret: Term = { factors: [factor(1, "secret of the administrator's password")], price: PRICES.secret };
  const knobs = ['connectless.database.engine', 'connectless.database.instance.type'];
  if (decision.kind === 'use') return free('database', 'yours', knobs);
  if (decision.engine === 'aurora') {
    const units = [factor(AURORA_LEAST_UNITS, 'ACU'), hours];
    return costs('Aurora Serverless v2, its least', [{ factors: units, price: PRICES.auroraUnit }, secret], knobs);
  }
  const what = `RDS ${database.instanceType}, Multi-AZ`;
  const price = RDS_PRICES[database.instanceType];
  if (price === undefined) return unknown(what, `the price of ${database.instanceType} is not known here`, knobs);
  const storage: Term = { factors: [factor(RDS_GB, 'GB')], price: PRICES.rdsGp2MultiAz };
  return costs(what, [{ factors: [hours], price }, storage, secret], knobs);
}
