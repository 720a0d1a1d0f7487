// What a sink costs: its function, the state of its open files, its files.

import type { PipelineConfig } from '../../src/config/pipeline-model';
import type { SinkConfig } from '../../src/config/sink-model';
import { flushMinutes } from '../deployment/schedules';
import { ASSUMED, processorSeconds } from './assumptions';
import { eventsOf, partitionsOf } from './events';
import { ourFileRequests } from './file-requests';
import { costs, factor, free, type Item } from './item';
import { lambdaTerms } from './lambda';
import { type Load, MONTH, rowsOf } from './load';
import { PRICES } from './prices';
import { sinkRequests, stateTerms } from './state-requests';
import type { StepCost } from './step-cost';

const FILES_AT_ONCE = 16;

export interface SinkFiles {
  /** A month's. */
  readonly count: number;
  readonly bytesEach: number;
}

export function filesOf({ flushSize }: SinkConfig, load: Load): SinkFiles {
  return { count: rowsOf(load) / flushSize, bytesEach: flushSize * load.rowBytes };
}

/** `keepsVersions`: the state bucket is the deployment's, which keeps what is replaced. */
export function sinkCost(sink: SinkConfig, pipeline: PipelineConfig, load: Load, keepsVersions: boolean): StepCost {
  const { name, deployment } = sink;
  const { count, recordsEach, partitionsEach } = eventsOf(sink, pipeline, load);
  const files = filesOf(sink, load);
  const flushes = MONTH.minutes / flushMinutes(sink);
  const partitionEvents = count * partitionsEach;
  const seconds =
    ASSUMED.eventWait.value +
    processorSeconds(recordsEach, ASSUMED.sinkRecord, deployment.memoryMb) +
    closingSeconds(recordsEach / sink.flushSize);
  const items = [
    costs(
      `sink ${name}`,
      [
        ...lambdaTerms(count, seconds, deployment.memoryMb),
        ...lambdaTerms(flushes, ASSUMED.eventWait.value, deployment.memoryMb),
      ],
      ['connectless.trigger.batch.window.ms', 'connectless.function.memory.mb', 'flush.size'],
    ),
    stateItem(sink, pipeline, { files: files.count, partitionEvents, flushes }),
    replacedStates(sink, files, partitionEvents, keepsVersions),
    filesItem(sink, files),
  ];
  return {
    items,
    byTrigger: { of: `sink ${name}`, count },
    bySchedule: { of: `the flush of ${name}`, count: flushes },
  };
}

/** The first ones are waited for with the event itself. */
function closingSeconds(files: number): number {
  return Math.max(0, files / FILES_AT_ONCE - 1) * ASSUMED.fileClosed.value;
}

function stateItem(
  sink: SinkConfig,
  { connectors }: PipelineConfig,
  work: Omit<Parameters<typeof sinkRequests>[0], 'partitions'>,
): Item {
  const partitions = sink.topics.reduce((sum, topic) => sum + partitionsOf(topic, connectors), 0);
  const requests = sinkRequests({ ...work, partitions });
  return costs(`sink ${sink.name}: state`, stateTerms(requests), [
    'connectless.trigger.batch.window.ms',
    'topic.creation.default.partitions',
    'flush.size',
  ]);
}

function filesItem({ name, partSize }: SinkConfig, { count, bytesEach }: SinkFiles): Item {
  const factors = [factor(count, 'files'), factor(ourFileRequests(bytesEach, partSize), 'PUT')];
  return costs(`sink ${name}: files`, [{ factors, price: PRICES.s3Put }], ['flush.size', 's3.part.size']);
}

/** Each event writes what of a file is not uploaded yet: half a file on average, or half a part of it. */
function replacedStates(
  { name, partSize }: SinkConfig,
  files: SinkFiles,
  writes: number,
  keepsVersions: boolean,
): Item {
  const what = `sink ${name}: replaced states`;
  const knobs = ['connectless.trigger.batch.window.ms', 's3.part.size', 'flush.size'];
  if (!keepsVersions) return free(what, 'as the versioning of your state bucket has it', knobs);
  const bytesEach = Math.min(files.bytesEach, partSize) / 2;
  const factors = [
    factor(writes, 'states'),
    factor(bytesEach / 1e9, 'GB'),
    factor(ASSUMED.oldVersion.value / MONTH.days, 'months'),
  ];
  return costs(what, [{ factors, price: PRICES.s3GbMonth }], knobs);
}
