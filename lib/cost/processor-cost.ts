// What a processor costs.
import type { ProcessorConfig } from '../../src/config/model';
import type { PipelineConfig } from '../../src/config/pipeline-model';
import { ASSUMED, processorSeconds } from './assumptions';
import { eventsOf } from './events';
import { costs } from './item';
import { lambdaTerms } from './lambda';
import type { Load } from './load';
import { processorRequests, stateTerms } from './state-requests';
import type { StepCost } from './step-cost';

export function processorCost(processor: ProcessorConfig, pipeline: PipelineConfig, load: Load): StepCost {
  const { name, deployment } = processor;
  const { count, recordsEach, partitionsEach } = eventsOf(processor, pipeline, load);
  const seconds = ASSUMED.eventWait.value + processorSeconds(recordsEach, ASSUMED.copiedRecord, deployment.memoryMb);
  const items = [
    costs(`processor ${name}`, lambdaTerms(count, seconds, deployment.memoryMb), [
      'connectless.trigger.batch.window.ms',
      'connectless.function.memory.mb',
    ]),
    costs(`processor ${name}: state`, stateTerms(processorRequests(count * partitionsEach)), [
      'connectless.trigger.batch.window.ms',
      'topic.creation.default.partitions',
    ]),
  ];
  return { items, byTrigger: { of: `processor ${name}`, count } };
}
