// Says what was passed over: dead letters, null values, gaps.
import type { Gap } from './gap';
import type { TopicPartition } from './object-key';
import type { PlannedState } from './plan';
import type { Sink } from './sink';

export async function reportPassedOver(_sink: Sink, _source: TopicPartition, _plan: PlannedState): Promise<void> {}
export function reportGap(_sink: Sink, _source: TopicPartition, _gap: Gap): void {}
