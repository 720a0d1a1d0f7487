// What MiniStack's CloudFormation takes from a template and does not do, event source mappings and reserved concurrency: pure.
import { ConnectlessError } from '../../src/errors';
import type { Template } from './template';

export interface Mapping {
  readonly functionName: string;
  readonly topic: string;
  readonly groupId: string;
  readonly batchingWindowMs: number;
}

export function mappingsOf(template: Template): readonly Mapping[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === 'AWS::Lambda::EventSourceMapping' ? [mapping(id, Properties, template)] : [],
  );
}

/** Reserved concurrency by the function's name. */
export function concurrencyOf({ Resources }: Template): ReadonlyMap<string, number> {
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const reserved = functions.flatMap(({ Properties = {} }) => {
    const { FunctionName, ReservedConcurrentExecutions } = Properties;
    return typeof FunctionName === 'string' && typeof ReservedConcurrentExecutions === 'number'
      ? [[FunctionName, ReservedConcurrentExecutions] as const]
      : [];
  });
  return new Map(reserved);
}

function mapping(id: string, properties: Readonly<Record<string, unknown>>, { Resources }: Template): Mapping {
  const { FunctionName, Topics, AmazonManagedKafkaEventSourceConfig, MaximumBatchingWindowInSeconds } = properties;
  const target = (FunctionName as { Ref?: string } | undefined)?.Ref ?? '';
  const functionName = Resources[target]?.Properties?.FunctionName;
  const topic = (Topics as readonly unknown[] | undefined)?.[0];
  const groupId = (AmazonManagedKafkaEventSourceConfig as { ConsumerGroupId?: unknown } | undefined)?.ConsumerGroupId;
  if (typeof functionName !== 'string' || typeof topic !== 'string' || typeof groupId !== 'string') {
    throw new ConnectlessError('EMULATOR_GAP', `${id} names no function, topic or consumer group.`);
  }
  return { functionName, topic, groupId, batchingWindowMs: 1000 * Number(MaximumBatchingWindowInSeconds ?? 0) };
}
